"""Every change is signed."""

import pytest

from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.services import plan_change


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_change_without_a_reason_is_no_change(plan: Plan, pmo: User, reason: str) -> None:
    with (
        pytest.raises(ValueError, match="A change needs a reason"),
        plan_change(plan=plan, by=pmo, reason=reason),
    ):
        Plan.objects.update(name="Changed")
    plan.refresh_from_db()
    assert plan.name == "Three-year growth"
