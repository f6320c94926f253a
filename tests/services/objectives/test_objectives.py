"""Objectives and key results are made and changed by signed services."""

import datetime as dt
from decimal import Decimal

import pghistory.models
import pytest

from apps.objectives.domain.alignment import AlignmentError
from apps.objectives.models import KeyResult, KeyResultKind, KeyResultTarget, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.key_results import (
    KeyResultData,
    key_result_create,
    key_result_edit,
)
from apps.objectives.services.objectives import ObjectiveData, objective_create, objective_edit
from apps.people.models import User
from apps.plans.engine.errors import TrajectoryError
from apps.plans.models import Item, Plan

YEAR_ENDS = [dt.date(2026, 12, 31), dt.date(2027, 12, 31)]


def make(plan: Plan, by: User, name: str, **more: object) -> Objective:
    data = ObjectiveData(name=name, **more)  # type: ignore[arg-type]
    return objective_create(plan=plan, by=by, reason="test", data=data)


def rising(**more: object) -> KeyResultData:
    values = {"name": "Sales", "kind": KeyResultKind.INCREASE, "baseline": Decimal(10), **more}
    return KeyResultData(**values)  # type: ignore[arg-type]


def create(objective: Objective, by: User, data: KeyResultData, *values: int | None) -> KeyResult:
    targets = [
        PlannedTarget(day, None if value is None else Decimal(value))
        for day, value in zip(YEAR_ENDS, values, strict=False)
    ]
    return key_result_create(objective=objective, by=by, reason="test", data=data, targets=targets)


def test_a_new_objective_gets_a_free_key_behind_the_others(plan: Plan, pmo: User) -> None:
    keys = [make(plan, pmo, name).key for name in ("Grow sales", "Grow sales", "增长")]
    assert keys == ["grow-sales", "grow-sales-2", "objective"]
    assert list(plan.objectives.values_list("position", flat=True)) == [0, 1, 2]


def test_a_change_is_signed_with_person_and_reason(plan: Plan, pmo: User) -> None:
    objective = make(plan, pmo, "Grow")
    objective_edit(
        objective=objective, by=pmo, reason="clearer", data=ObjectiveData(name="Grow sales")
    )
    event = pghistory.models.Events.objects.tracks(objective).order_by("-pgh_id").first()
    assert event is not None
    assert event.pgh_context == {"user": pmo.pk, "reason": "clearer"}
    assert event.pgh_diff == {"name": ["Grow", "Grow sales"]}


def test_support_in_a_circle_is_refused_by_name(plan: Plan, pmo: User) -> None:
    top = make(plan, pmo, "Top")
    middle = make(plan, pmo, "Middle", supports=top)
    low = make(plan, pmo, "Low", supports=middle)
    with pytest.raises(AlignmentError) as refused:
        objective_edit(
            objective=top, by=pmo, reason="x", data=ObjectiveData(name="Top", supports=low)
        )
    assert refused.value.circle == ["Top", "Low", "Middle"]
    top.refresh_from_db()
    assert top.supports_objective is None


def test_support_of_an_own_key_result_is_a_circle(plan: Plan, pmo: User) -> None:
    objective = make(plan, pmo, "Top")
    key_result = create(objective, pmo, rising(), 20)
    with pytest.raises(AlignmentError):
        objective_edit(
            objective=objective,
            by=pmo,
            reason="x",
            data=ObjectiveData(name="Top", supports=key_result),
        )


def test_each_target_becomes_a_tracked_item(plan: Plan, pmo: User) -> None:
    key_result = create(make(plan, pmo, "Grow"), pmo, rising(owner=pmo), 20, 40)
    assert key_result.baseline_on == dt.date(2025, 12, 31)
    rows = KeyResultTarget.objects.filter(key_result=key_result).select_related("item")
    assert [(row.item.key, row.item.finish_on, row.item.owner) for row in rows] == [
        ("sales-m12", YEAR_ENDS[0], pmo),
        ("sales-m24", YEAR_ENDS[1], pmo),
    ]
    assert [row.item.is_projection for row in rows] == [False, True]
    assert rows[0].item.duration_days == 365
    assert rows[0].item.level == "on_plan" or rows[0].item.level in {"yellow", "orange", "red"}


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (rising(), (20, 40)),
        (rising(kind=KeyResultKind.DECREASE, baseline=Decimal(50)), (20, 10)),
        (rising(baseline=None), (20, 40)),
        (
            rising(
                kind=KeyResultKind.KEEP_WITHIN,
                baseline=None,
                lower_bound=Decimal(1),
                upper_bound=Decimal(1),
            ),
            (None, None),
        ),
        (
            rising(kind=KeyResultKind.KEEP_AT_LEAST, baseline=None, lower_bound=Decimal(-3)),
            (None, None),
        ),
        (
            rising(kind=KeyResultKind.KEEP_AT_MOST, baseline=None, upper_bound=Decimal(3)),
            (None, None),
        ),
        (rising(kind=KeyResultKind.BINARY, baseline=None), (None, None)),
    ],
)
def test_every_kind_can_be_made(
    plan: Plan, pmo: User, data: KeyResultData, values: tuple[int | None, ...]
) -> None:
    key_result = create(make(plan, pmo, "Grow"), pmo, data, *values)
    assert key_result.targets.count() == 2


@pytest.mark.parametrize(
    ("data", "values", "code"),
    [
        (rising(), (20, 15), "trajectory.against_direction"),
        (rising(), (20, None), "trajectory.missing_value"),
        (rising(), (), "trajectory.no_targets"),
        (rising(baseline_on=YEAR_ENDS[0]), (20,), "trajectory.days_not_rising"),
    ],
)
def test_targets_that_make_no_trajectory_leave_nothing_behind(
    plan: Plan, pmo: User, data: KeyResultData, values: tuple[int | None, ...], code: str
) -> None:
    objective = make(plan, pmo, "Grow")
    with pytest.raises(TrajectoryError) as refused:
        create(objective, pmo, data, *values)
    assert refused.value.code == code
    assert not KeyResult.objects.exists()
    assert not Item.objects.exists()


def test_items_follow_name_owner_and_team(plan: Plan, pmo: User, viewer: User) -> None:
    key_result = create(make(plan, pmo, "Grow"), pmo, rising(owner=pmo), 20)
    key_result_edit(
        key_result=key_result, by=pmo, reason="handed over", data=rising(name="Net", owner=viewer)
    )
    item = Item.objects.get(target__key_result=key_result)
    assert (item.name, item.owner) == ("Net", viewer)
    assert item.baseline_version == 1


def test_an_edit_that_breaks_the_line_is_refused(plan: Plan, pmo: User) -> None:
    key_result = create(make(plan, pmo, "Grow"), pmo, rising(), 20)
    with pytest.raises(TrajectoryError):
        key_result_edit(
            key_result=key_result, by=pmo, reason="x", data=rising(baseline=Decimal(30))
        )
    key_result.refresh_from_db()
    assert key_result.baseline == 10
