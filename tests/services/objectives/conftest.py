"""An objective with one key result that rises from 10 to 20 in 2026 and to 40 in 2027."""

import datetime as dt

import pytest

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import make_key_result, make_objective


def rising_objective(plan: Plan, by: User, name: str = "Grow") -> Objective:
    """Made and signed by somebody on the first day of the plan."""
    objective = make_objective(plan, "", name=name, by=by)
    targets = ((dt.date(2026, 12, 31), 20), (dt.date(2027, 12, 31), 40))
    sales = {"name": "Sales", "unit": "", "baseline": 10, "owner": by}
    make_key_result(objective, "", targets=targets, by=by, **sales)
    return objective


@pytest.fixture
def objective(plan: Plan, pmo: User) -> Objective:
    return rising_objective(plan, pmo)


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return objective.key_results.get()
