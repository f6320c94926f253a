"""Who may report in My week, and for which day: the same for previews and for what is entered."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from apps.cadence.domain.preview import DayProblem
from apps.cadence.services.week import (
    DayRefusedError,
    Reporter,
    key_result_preview,
    key_result_save,
    task_preview,
    task_save,
)
from apps.milestones.models import TaskReport
from apps.milestones.services.reporting import TypedDaysLeft
from apps.objectives.models import CheckIn
from apps.objectives.services.entering import TypedValue
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role, Team
from tests.build import add_member, day, make_absence, make_item, make_team, make_user
from tests.services.cadence.conftest import Clock, rising_key_result

Report = Callable[[Reporter, int], object]
ON = 41
MAY = {"owner", "delegate", "lead of the team", "pmo", "admin"}
WHO = [*sorted(MAY), "lead of another team", "executive", "viewer", "no member", "owner who left"]


def the_row(plan: Plan, kind: str, owner: User, team: Team) -> Report:
    """Reports for a day on a row of this kind; "task preview" only looks."""
    if kind.startswith("task"):
        task = make_item(plan, "1.1", 1, 100, owner=owner, team=team)

        def days_left(who: Reporter, on: int) -> object:
            typed = TypedDaysLeft(for_on=day(on), days_left=60, note="because")
            if kind.endswith("preview"):
                return task_preview(who, task.pk, typed)
            return task_save(who, task.pk, typed, "test")

        return days_left
    key_result = rising_key_result(plan, owner=owner, team=team)

    def value(who: Reporter, on: int) -> object:
        typed = TypedValue(for_on=day(on), value=Decimal(20), note="because")
        if kind.endswith("preview"):
            return key_result_preview(who, key_result.pk, day(on), lambda _row: typed)
        return key_result_save(who, key_result.pk, day(on), lambda _row: typed, "test")

    return value


KINDS = pytest.mark.parametrize(
    "kind", ["task preview", "task save", "key result preview", "key result save"]
)


@KINDS
@pytest.mark.parametrize("name", WHO)
def test_who_may_report(plan: Plan, team: Team, clock: Clock, kind: str, name: str) -> None:
    owner, user = make_user(), make_user()
    other = make_team(plan, key="x", name="X")
    report = the_row(plan, kind, owner, team)
    user = owner if name.startswith("owner") else user
    roles = {
        "owner": (Role.VIEWER, None),
        "delegate": (Role.VIEWER, None),
        "lead of the team": (Role.LEAD, team),
        "lead of another team": (Role.LEAD, other),
        "pmo": (Role.PMO, None),
        "admin": (Role.ADMIN, None),
        "executive": (Role.EXECUTIVE, None),
        "viewer": (Role.VIEWER, None),
    }
    if name in roles:
        role, of_team = roles[name]
        add_member(plan, user, role, team=of_team)
    if name == "delegate":
        make_absence(owner, 40, 42, delegate=user)
    clock.set(ON)
    who = Reporter(plan, user, list(Membership.objects.filter(plan=plan, user=user)))
    if name in MAY:
        report(who, ON)
    else:
        with pytest.raises(PermissionDenied):
            report(who, ON)
    is_entered = CheckIn.objects.exists() or TaskReport.objects.exists()
    assert is_entered == (name in MAY and kind.endswith("save"))


DAYS = {
    ON + 1: (DayProblem.FUTURE, None),
    0: (DayProblem.BEFORE_PLAN, 1),
    10: (DayProblem.CLOSED, None),
}


@KINDS
def test_for_which_day(plan: Plan, team: Team, clock: Clock, pmo: User, kind: str) -> None:
    report = the_row(plan, kind, pmo, team)
    clock.set(ON)
    who = Reporter(plan, pmo, list(Membership.objects.filter(plan=plan, user=pmo)))
    for on, (problem, opens) in DAYS.items():
        with pytest.raises(DayRefusedError) as refused:
            report(who, on)
        assert refused.value.problem is problem
        if opens is not None:
            assert refused.value.opens_on == day(opens)
    assert not CheckIn.objects.exists()
    assert not TaskReport.objects.exists()
    report(who, ON)
