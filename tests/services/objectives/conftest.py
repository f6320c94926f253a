"""An objective with one key result that rises from 10 to 20 in 2026 and to 40 in 2027."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.objectives.models import KeyResult, KeyResultKind, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.key_results import KeyResultData, key_result_add
from apps.objectives.services.objectives import ObjectiveData, objective_add
from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.services import plan_change
from tests.factories import day


def rising_objective(plan: Plan, by: User, name: str = "Grow") -> Objective:
    """Made on the first day of the plan."""
    data = KeyResultData(name="Sales", kind=KeyResultKind.INCREASE, baseline=Decimal(10), owner=by)
    targets = [
        PlannedTarget(dt.date(2026, 12, 31), Decimal(20)),
        PlannedTarget(dt.date(2027, 12, 31), Decimal(40)),
    ]
    with plan_change(plan=plan, by=by, reason="test", on=day(1)) as change:
        objective = objective_add(change=change, data=ObjectiveData(name=name))
        key_result_add(change=change, objective=objective, data=data, targets=targets)
    return objective


@pytest.fixture
def objective(plan: Plan, pmo: User) -> Objective:
    return rising_objective(plan, pmo)


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return objective.key_results.get()
