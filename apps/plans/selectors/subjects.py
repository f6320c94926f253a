"""Items as subjects."""

from apps.plans.addresses import item_path
from apps.plans.kinds import Facts, SubjectKind, register_subject
from apps.plans.models import Item, ItemState, Plan


def item_facts(plan: Plan, item: Item) -> Facts:
    """What is cancelled rests."""
    return Facts(
        name=item.name,
        path=item_path(plan.key, item.kind, item.key),
        people=frozenset(filter(None, [item.owner_id])),
        is_live=item.state != ItemState.CANCELLED,
    )


def register_subjects() -> None:
    """Make the kind known."""
    register_subject(SubjectKind(name="item", model=Item, facts=item_facts))
