"""What an item's state may become."""

from apps.plans.engine.errors import PlanRuleError, gettext_noop
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
        raise transition_error(old, new)


def transition_error(old: str, new: str) -> PlanRuleError:
    """What is refused was allowed when it was offered: somebody else was faster."""
    return PlanRuleError(
        "item.transition",
        gettext_noop("The item was changed by somebody else meanwhile."),
        {"old": old, "new": new},
    )
