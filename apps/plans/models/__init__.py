from apps.plans.models.history import Baseline, LevelChange
from apps.plans.models.item import Item, ItemKind, ItemState, Link, LinkKind
from apps.plans.models.plan import Cadence, CalendarDay, Phase, Plan, Weekday
from apps.plans.models.team import Membership, Role, Team, Tier

__all__ = [
    "Baseline",
    "Cadence",
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
    "Weekday",
]
