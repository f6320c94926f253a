"""One row of My week: evaluated as it will be stored, entered once, never overwritten."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cadence.domain.preview import DayProblem, Why
from apps.cadence.models import Duty
from apps.cadence.services import duties_open
from apps.cadence.services.week import (
    DayRefusedError,
    NoteNeededError,
    Reporter,
    key_result_preview,
    key_result_save,
    task_preview,
    task_save,
)
from apps.milestones.services.reporting import TaskReportConflictError, TypedDaysLeft
from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.services.entering import CheckInConflictError, Evaluated, TypedValue
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Item, LevelChange, Membership, Plan, Role, Team
from apps.plans.selectors.forecasts import stored_forecast
from tests.build import add_member, day, link, make_absence, make_item, make_team
from tests.services.cadence.conftest import Clock, rising_key_result

Save = Callable[..., Evaluated]


def reporter(plan: Plan, user: User) -> Reporter:
    memberships = list(Membership.objects.filter(plan=plan, user=user))
    return Reporter(plan, user, memberships)


@pytest.fixture
def lead(plan: Plan, owner: User) -> User:
    add_member(plan, owner)
    return owner


def say(value: str | None, on: int, **more: Any) -> Callable[[KeyResult], TypedValue]:
    number = None if value is None else Decimal(value)
    return lambda _row: TypedValue(for_on=day(on), value=number, **more)


def enter(user: User, row: KeyResult, on: int, value: str | None, **more: Any) -> Evaluated:
    who = reporter(row.plan, user)
    return key_result_save(who, row.pk, day(on), say(value, on, **more), "test")


def days_left(on: int, days: int | None, **more: Any) -> TypedDaysLeft:
    return TypedDaysLeft(for_on=day(on), days_left=days, **more)


def test_a_value_is_entered_signed_and_moves_the_forecast(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    clock.set(101)
    done = enter(lead, key_result, 101, "30", confidence=7)
    row = CheckIn.objects.get()
    assert (row.value, row.confidence, row.entered_by) == (30, 7, lead)
    assert row.is_unchanged is False
    item = Item.objects.get(target__key_result=key_result)
    assert (item.known_on, item.level) == (day(101), "on_plan")
    assert done.level == "on_plan"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(-50, 150), st.integers(1, 400))
def test_the_preview_is_what_the_save_then_shows(
    key_result: KeyResult, lead: User, clock: Clock, value: int, on: int
) -> None:
    clock.set(on)
    row = rising_key_result(key_result.plan, f"kr-{CheckIn.objects.count()}-{on}", owner=lead)
    after = make_item(key_result.plan, f"T-{row.pk}", 366, 400)
    link(Item.objects.get(target__key_result=row), after, on=on)
    seen = key_result_preview(
        reporter(row.plan, lead), row.pk, day(on), say(str(value), on, note="because")
    )
    promised = {item.pk: (item.level, stored_forecast(item)) for item in seen.recomputed.items}
    others = {(change.item_id, change.new_level) for change in seen.others}
    assert not row.check_ins.exists()
    done = enter(lead, row, on, str(value), note="because")
    stored = {item.pk: (item.level, stored_forecast(item)) for item in Item.objects.all()}
    assert promised == {pk: stored[pk] for pk in promised}
    assert others == {(change.item_id, change.new_level) for change in done.others}
    assert seen.level == done.level


def test_no_change_is_recorded_as_exactly_that(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    clock.set(10)
    enter(lead, key_result, 10, "5")
    clock.set(17)
    newest = CheckIn.objects.get()
    enter(lead, key_result, 17, None, seen=newest.pk)
    row = CheckIn.objects.get(for_on=day(17))
    assert (row.value, row.is_unchanged, row.confidence) == (5, True, None)


def test_no_change_said_twice_is_one_row(key_result: KeyResult, lead: User, clock: Clock) -> None:
    clock.set(10)
    enter(lead, key_result, 10, "5")
    clock.set(17)
    first, second = (enter(lead, key_result, 17, None) for _time in range(2))
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert CheckIn.objects.filter(for_on=day(17)).count() == 1


def test_there_must_be_a_value_that_can_be_confirmed(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    clock.set(10)
    with pytest.raises(PlanRuleError) as refused:
        enter(lead, key_result, 10, None)
    assert refused.value.code == "check_in.nothing_to_confirm"


def test_the_same_sent_twice_is_one_row(key_result: KeyResult, lead: User, clock: Clock) -> None:
    clock.set(10)
    first = enter(lead, key_result, 10, "5", confidence=6, seen=0)
    second = enter(lead, key_result, 10, "5", confidence=6, seen=0)
    assert second.is_repeat
    assert second.new.pk == first.new.pk
    assert CheckIn.objects.count() == 1


def test_who_has_not_seen_the_newest_value_is_told_and_nothing_is_written(
    key_result: KeyResult, lead: User, pmo: User, clock: Clock
) -> None:
    clock.set(10)
    enter(lead, key_result, 10, "5", seen=0)
    with pytest.raises(CheckInConflictError) as conflict:
        enter(pmo, key_result, 10, "6", seen=0)
    assert (conflict.value.standing.value, conflict.value.standing.entered_by) == (5, lead)
    clock.set(11)
    with pytest.raises(CheckInConflictError):
        enter(pmo, key_result, 11, "6", seen=0)
    assert CheckIn.objects.count() == 1


def test_another_value_for_the_day_is_a_correction_with_a_reason(
    key_result: KeyResult, lead: User, pmo: User, clock: Clock
) -> None:
    clock.set(10)
    first = enter(lead, key_result, 10, "5", seen=0).new
    with pytest.raises(NoteNeededError) as needed:
        enter(pmo, key_result, 10, "6", seen=first.pk)
    assert needed.value.why == (Why.CORRECTION,)
    enter(pmo, key_result, 10, "6", seen=first.pk, note="A typing slip.")
    rows = list(CheckIn.objects.order_by("pk"))
    assert [(row.value, row.entered_by, row.corrects_id) for row in rows] == [
        (5, lead, None),
        (6, pmo, first.pk),
    ]


def test_a_note_is_needed_when_the_value_is_worse_or_the_item_late(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    clock.set(10)
    enter(lead, key_result, 10, "5")
    clock.set(11)
    with pytest.raises(NoteNeededError) as needed:
        enter(lead, key_result, 11, "4")
    assert needed.value.why == (Why.WORSE,)
    clock.set(100)
    with pytest.raises(NoteNeededError) as needed:
        enter(lead, key_result, 100, "5")
    assert needed.value.why == (Why.LATE,)
    enter(lead, key_result, 100, "5", note="The supplier failed.")
    clock.set(107)
    enter(lead, key_result, 107, "6", is_same_note=True)
    assert CheckIn.objects.get(for_on=day(107)).note == "The supplier failed."


@pytest.mark.parametrize(
    ("on", "problem"),
    [(102, DayProblem.FUTURE), (0, DayProblem.BEFORE_PLAN), (80, DayProblem.CLOSED)],
)
def test_a_value_is_for_a_day_of_the_open_period(
    key_result: KeyResult, lead: User, clock: Clock, on: int, problem: DayProblem
) -> None:
    clock.set(101)
    with pytest.raises(DayRefusedError) as refused:
        enter(lead, key_result, on, "30")
    assert refused.value.problem is problem
    assert not CheckIn.objects.exists()


def test_what_is_owed_still_keeps_its_period_open(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    moment = clock.set(10)  # Saturday; Friday's update is open until Tuesday
    duties_open(plan_id=key_result.plan.pk, now=moment)
    assert Duty.objects.filter(due_on=day(9), state="open").exists()
    enter(lead, key_result, 9, "5")
    duty = Duty.objects.get(due_on=day(9))
    assert (duty.state, duty.fulfilled_at) == ("late", moment)


def test_only_who_has_to_do_with_it_may_report(
    plan: Plan, team: Team, lead: User, member: Callable[..., User], clock: Clock
) -> None:
    row = rising_key_result(plan, "led", owner=lead, team=team)
    clock.set(10)
    stranger, boss = member(Role.VIEWER), member(Role.LEAD, team=team)
    other = member(Role.LEAD, team=make_team(plan, key="x", name="X"))
    for user in (stranger, other):
        with pytest.raises(PermissionDenied):
            enter(user, row, 10, "5")
    make_absence(lead, 9, 12, delegate=stranger)
    enter(stranger, row, 10, "5")
    clock.set(13)
    with pytest.raises(PermissionDenied):
        enter(stranger, row, 13, "6")
    enter(boss, row, 13, "6")


def test_a_share_of_milestones_is_counted_and_not_typed(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    KeyResult.objects.update(kind="milestones")
    with pytest.raises(PlanRuleError) as refused:
        enter(lead, key_result, 1, "30")
    assert refused.value.code == "check_in.is_counted"
    assert not CheckIn.objects.exists()


def test_a_closed_objective_takes_no_values(
    key_result: KeyResult, lead: User, clock: Clock
) -> None:
    clock.set(10)
    objective = key_result.objective
    objective.closed_on, objective.grade, objective.closing_note = day(9), Decimal("0.7"), "Done."
    objective.save()
    with pytest.raises(PermissionDenied):
        enter(lead, key_result, 10, "5")


def test_a_row_is_saved_in_eight_statements_at_most(
    key_result: KeyResult,
    lead: User,
    clock: Clock,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    clock.set(100)
    after = make_item(key_result.plan, "T", 366, 400)
    link(Item.objects.get(target__key_result=key_result), after, on=100)
    duties_open(plan_id=key_result.plan.pk, now=clock.set(101))
    who = reporter(key_result.plan, lead)
    with django_assert_max_num_queries(10) as counted:  # two of them are the savepoint's
        key_result_save(who, key_result.pk, day(101), say("28", 101), "test")
    assert LevelChange.objects.filter(item=after).exists()
    assert Duty.objects.get(key_result=key_result, due_on=day(100)).state == "late"
    assert any("plans_levelchange" in query["sql"] for query in counted)


def test_days_left_of_a_task_are_entered_and_move_what_waits_for_it(
    plan: Plan, lead: User, clock: Clock
) -> None:
    task, after = make_item(plan, "1.1", 1, 100, owner=lead), make_item(plan, "1.2", 101, 140)
    link(task, after)
    clock.set(6)
    who = reporter(plan, lead)
    seen = task_preview(who, task.pk, days_left(5, 110))
    assert (seen.level, seen.task.item.forecast_a) == ("orange", day(115).toordinal())
    with pytest.raises(NoteNeededError) as needed:
        task_save(who, task.pk, days_left(5, 110), "test")
    assert needed.value.why == (Why.WORSE, Why.LATE)
    done = task_save(who, task.pk, days_left(5, 110, note="More to do."), "test")
    assert {change.item_id: change.new_level for change in done.others} == {after.pk: "red"}
    task.refresh_from_db()
    assert (task.level, task.remaining_days, task.known_on) == ("orange", 110, day(5))


def test_no_change_of_a_task_takes_the_passed_days_off(
    plan: Plan, lead: User, clock: Clock
) -> None:
    task = make_item(plan, "1.1", 1, 100, owner=lead)
    who = reporter(plan, lead)
    clock.set(41)
    task_save(who, task.pk, days_left(41, 50), "test")
    clock.set(48)
    done = task_save(who, task.pk, days_left(48, None), "test")
    assert (done.new.remaining_days, done.slip_days) == (43, 0)
    clock.set(95)
    with pytest.raises(PlanRuleError) as refused:
        task_save(who, task.pk, days_left(95, None), "test")
    assert refused.value.code == "task.finish_has_come"


def test_no_change_of_a_task_not_begun_says_so_and_claims_no_progress(
    plan: Plan, lead: User, clock: Clock
) -> None:
    first = make_item(plan, "1.1", 1, 30, owner=lead)
    task = make_item(plan, "1.2", 31, 70, owner=lead)
    link(first, task)
    clock.set(41)
    done = task_save(reporter(plan, lead), task.pk, days_left(41, None), "test")
    assert (done.new.remaining_days, done.new.percent, done.waits_for) == (40, 0, first)
    task.refresh_from_db()
    assert (task.started_on, task.known_on, task.remaining_days) == (None, day(41), 40)
    assert task.silent_on == day(49)  # c + g + 1
    assert (task.level, task.forecast_a) == ("red", day(81).toordinal())  # c + r
    again = task_save(reporter(plan, lead), task.pk, days_left(41, None), "test")
    assert again.is_repeat


def test_a_task_that_could_have_begun_needs_a_reason_why_it_has_not(
    plan: Plan, lead: User, clock: Clock
) -> None:
    task = make_item(plan, "1.2", 31, 70, owner=lead)
    clock.set(32)
    with pytest.raises(NoteNeededError) as needed:
        task_save(reporter(plan, lead), task.pk, days_left(32, None), "test")
    assert needed.value.why == (Why.WORSE, Why.LATE)


def test_a_task_begins_after_the_day_on_which_it_had_not(
    plan: Plan, lead: User, clock: Clock
) -> None:
    task = make_item(plan, "1.2", 31, 70, owner=lead)
    who = reporter(plan, lead)
    clock.set(35)
    task_save(who, task.pk, days_left(35, None, note="The room was not free."), "test")
    clock.set(38)
    task_save(who, task.pk, days_left(38, 38, note="Begun."), "test")
    task.refresh_from_db()
    assert (task.started_on, task.percent, task.remaining_days) == (day(36), None, 38)


def test_no_days_left_finishes_a_task_once(plan: Plan, lead: User, clock: Clock) -> None:
    task = make_item(plan, "1.1", 1, 100, owner=lead)
    who = reporter(plan, lead)
    clock.set(90)
    done = task_save(who, task.pk, days_left(90, 0), "test")
    again = task_save(who, task.pk, days_left(90, 0), "test")
    assert again.is_repeat
    assert again.new.pk == done.new.pk
    task.refresh_from_db()
    assert (task.state, task.finished_on) == ("finished", day(90))
    with pytest.raises(PlanRuleError) as refused:
        task_save(who, task.pk, days_left(90, 5), "test")
    assert refused.value.code == "task.closed"


def test_two_people_on_one_task_the_second_is_told(
    plan: Plan, lead: User, pmo: User, clock: Clock
) -> None:
    task = make_item(plan, "1.1", 1, 100, owner=lead)
    clock.set(41)
    task_save(reporter(plan, lead), task.pk, days_left(41, 50, seen=0), "test")
    with pytest.raises(TaskReportConflictError) as conflict:
        task_save(reporter(plan, pmo), task.pk, days_left(41, 55, seen=0), "test")
    assert conflict.value.standing.remaining_days == 50


def test_a_task_that_begins_later_has_nothing_to_confirm(
    plan: Plan, lead: User, clock: Clock
) -> None:
    task = make_item(plan, "1.1", 50, 100, owner=lead)
    clock.set(41)
    with pytest.raises(PlanRuleError) as refused:
        task_save(reporter(plan, lead), task.pk, days_left(41, None), "test")
    assert refused.value.code == "task.not_begun"


def test_what_is_not_there_is_said(plan: Plan, lead: User, clock: Clock) -> None:
    clock.set(10)
    who = reporter(plan, lead)
    with pytest.raises(PlanRuleError) as refused:
        key_result_save(who, 999_999, dt.date(2026, 1, 10), say("1", 10), "test")
    assert refused.value.code == "check_in.no_key_result"
    with pytest.raises(PlanRuleError) as refused:
        task_save(who, 999_999, days_left(10, 1), "test")
    assert refused.value.code == "task.none"
