"""Closing, archiving, restoring and copying objectives."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.objectives.models import KeyResult, Objective
from apps.objectives.services.closing import (
    CopiedKeyResult,
    objective_archive,
    objective_close,
    objective_copy,
    objective_restore,
)
from apps.objectives.services.objectives import ObjectiveData
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, TrajectoryError
from apps.plans.models import Item
from tests.build import check_in


def report(key_result: KeyResult, by: User, on: int, value: int) -> None:
    check_in(key_result, {on: value}, by=by)


def states(objective: Objective) -> list[str]:
    items = Item.objects.filter(target__key_result__objective=objective)
    return list(items.order_by("target__due_on").values_list("state", flat=True))


def test_closing_grades_and_takes_open_targets_out(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    report(key_result, pmo, 300, 20)
    assert states(objective) == ["finished", "open"]
    closed = objective_close(objective=objective, by=pmo, grade=Decimal("0.6"), note="Half way.")
    assert states(objective) == ["finished", "cancelled"]
    assert (closed.grade, closed.closing_note) == (Decimal("0.6"), "Half way.")
    assert closed.closed_on == closed.plan.today()
    with pytest.raises(PlanRuleError) as refused:
        objective_close(objective=objective, by=pmo, grade=Decimal(1), note="Again.")
    assert refused.value.code == "objective.closed"


def test_archiving_pauses_and_restoring_resumes(objective: Objective, pmo: User) -> None:
    objective_archive(objective=objective, by=pmo, reason="not now")
    objective_archive(objective=objective, by=pmo, reason="twice")
    assert states(objective) == ["paused", "paused"]
    objective_restore(objective=objective, by=pmo, reason="now")
    objective_restore(objective=objective, by=pmo, reason="twice")
    assert states(objective) == ["open", "open"]
    objective.refresh_from_db()
    assert objective.archived_at is None
    resumed = Item.objects.filter(resumed_on=objective.plan.today())
    assert resumed.count() == 2


def test_a_met_target_stays_met_through_archive_and_restore(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    report(key_result, pmo, 300, 20)
    objective_archive(objective=objective, by=pmo, reason="not now")
    assert states(objective) == ["finished", "paused"]
    objective_restore(objective=objective, by=pmo, reason="now")
    assert states(objective) == ["finished", "open"]


def test_a_value_that_meets_a_paused_target_finishes_it(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    objective_archive(objective=objective, by=pmo, reason="not now")
    report(key_result, pmo, 300, 20)
    assert states(objective) == ["finished", "paused"]


def copy(
    objective: Objective, by: User, value: int, *, due: dt.date, starts_from_last: bool = True
) -> Objective:
    return objective_copy(
        objective=objective,
        by=by,
        data=ObjectiveData(name=objective.name),
        due_on=due,
        members=[CopiedKeyResult(row, Decimal(value)) for row in objective.key_results.all()],
        starts_from_last=starts_from_last,
    )


def test_a_copy_starts_from_the_last_value(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    report(key_result, pmo, 300, 18)
    made = copy(objective, pmo, 60, due=dt.date(2028, 12, 31))
    row = made.key_results.get()
    assert (made.copied_from, made.key, row.key) == (objective, "grow-2", "sales-2")
    assert (row.baseline, row.baseline_on) == (18, made.plan.today())
    assert (row.owner, row.targets.get().value) == (pmo, 60)
    assert key_result.targets.count() == 2


def test_a_copy_may_keep_the_old_baseline(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    report(key_result, pmo, 300, 18)
    made = copy(objective, pmo, 60, due=dt.date(2028, 12, 31), starts_from_last=False)
    assert made.key_results.get().baseline == 10


def test_a_copy_whose_target_lies_behind_leaves_nothing(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    report(key_result, pmo, 300, 18)
    with pytest.raises(TrajectoryError):
        copy(objective, pmo, 15, due=dt.date(2028, 12, 31))
    assert Objective.objects.count() == 1
