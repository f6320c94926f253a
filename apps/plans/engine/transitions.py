"""What an item's state may become."""

from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.items import ItemState

ALLOWED: dict[ItemState, frozenset[ItemState]] = {
    ItemState.OPEN: frozenset({ItemState.PAUSED, ItemState.FINISHED, ItemState.CANCELLED}),
    ItemState.PAUSED: frozenset({ItemState.OPEN, ItemState.FINISHED, ItemState.CANCELLED}),
    ItemState.FINISHED: frozenset(),
    ItemState.CANCELLED: frozenset(),
}


def check_transition(old: str, new: str) -> None:
    """Raises PlanRuleError "item.transition" when an item cannot go from ``old`` to ``new``."""
    if ItemState(new) not in ALLOWED[ItemState(old)]:
        raise PlanRuleError(
            "item.transition",
            "An item that is {old} cannot become {new}.",
            {"old": old, "new": new},
        )
