"""Items as subjects."""

from apps.plans.addresses import item_path
from apps.plans.kinds import SubjectKind, register_subject
from apps.plans.models import Item, ItemState


def register_subjects() -> None:
    """Make the kind known."""
    register_subject(
        SubjectKind(
            name="item",
            model=Item,
            path=lambda plan, item: item_path(plan.key, item.kind, item.key),
            rests={"state": ItemState.CANCELLED},
        )
    )
