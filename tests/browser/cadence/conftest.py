"""A lead with 39 key results in the plan's second month."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.urls import reverse

from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import (
    check_in,
    counting_from,
    day,
    make_key_result,
    make_member,
    make_objective,
    make_plan,
    make_team,
)

COUNT = 39


@dataclass(frozen=True)
class Week:
    """The plan, its lead, what the lead owns in the order of the grid, and the address."""

    plan: Plan
    lead: User
    rows: list[KeyResult]
    path: str


def make_week(count: int, language: str = "en") -> Week:
    """Increasing key results from 42 to 65 in three years, one of them far behind."""
    today = dt.datetime.now(dt.UTC).date()
    with counting_from(today - dt.timedelta(days=44)):
        plan = make_plan(key="growth")
        team = make_team(plan, name="Stock-user operations")
        lead = make_member(plan, Role.LEAD, team=team, display_name="Chen Jing", language=language)
        objective = make_objective(plan, name="Deepen the base", team=team)
        until = ((day(1095), "65"),)
        rows = [
            make_key_result(
                objective,
                f"kr{n}",
                name=f"Measure number {n}",
                owner=lead,
                team=team,
                targets=until,
            )
            for n in range(count)
        ]
        for row in rows[1:]:
            check_in(row, {30: "43"}, confidence=6)
        check_in(rows[0], {30: "30"}, note="The supplier failed.")
    return Week(plan, lead, rows, reverse("cadence:week", args=[plan.key]))


@pytest.fixture
def week(transactional_db: None) -> Week:
    """The lead reads English."""
    return make_week(COUNT)


@pytest.fixture
def short_week(transactional_db: None) -> Week:
    """Five key results."""
    return make_week(5)
