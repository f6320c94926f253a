"""What an item's state may become."""

from itertools import product

import pytest

from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.items import ItemState
from apps.plans.engine.transitions import check_transition


@pytest.mark.parametrize(("old", "new"), list(product(ItemState, ItemState)))
def test_only_open_and_paused_items_change(old: ItemState, new: ItemState) -> None:
    is_open = old in (ItemState.OPEN, ItemState.PAUSED)
    if is_open and new != old:
        check_transition(old, new)
    else:
        with pytest.raises(PlanRuleError, match="changed by somebody else") as refused:
            check_transition(old, new)
        assert refused.value.params == {"old": old, "new": new}
