"""The rows of a plan, and the words of their columns."""

from apps.plans.domain import Cadence, Role, Tier, Weekday
from apps.plans.engine.items import ItemState
from apps.plans.engine.links import LinkKind
from apps.plans.models.history import Baseline, LevelChange
from apps.plans.models.item import Item, ItemKind, Link
from apps.plans.models.plan import CalendarDay, Phase, Plan
from apps.plans.models.subject import Subject
from apps.plans.models.team import Membership, Team

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
    "Subject",
    "Team",
    "Tier",
    "Weekday",
]
