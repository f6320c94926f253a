from apps.plans.models.item import Baseline, Item, ItemKind, ItemState, LevelChange, Link, LinkKind
from apps.plans.models.plan import CalendarDay, Phase, Plan
from apps.plans.models.team import Membership, Role, Team, Tier

__all__ = [
    "Baseline",
    "CalendarDay",
    "Item",
    "ItemKind",
    "ItemState",
    "LevelChange",
    "Link",
    "LinkKind",
    "Membership",
    "Phase",
    "Plan",
    "Role",
    "Team",
    "Tier",
]
