"""Duties on a real PostgreSQL: opened, fulfilled, closed. Day 2 of the plan is a Friday."""

import datetime as dt

import pytest

from apps.cadence.models import Duty
from apps.cadence.services import duties_close, duties_fulfil, duties_open, plans_open
from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Item, Plan
from apps.plans.services.items import item_pause, item_resume
from tests.build import (
    at,
    changing,
    check_in,
    day,
    make_absence,
    make_item,
    make_milestone,
    make_objective,
    make_share,
    make_user,
    report,
)
from tests.services.cadence.conftest import Clock, rising_key_result

KR = "key_result"


def entered(key_result: KeyResult, number: int, moment: dt.datetime) -> None:
    check_in(key_result, {number: 1}, is_entered_now=True)
    duties_fulfil(key=(KR, key_result.pk), for_on=day(number), entered_at=moment)


def due_days(**filters: object) -> list[tuple[object, str]]:
    rows = Duty.objects.filter(**filters).order_by("due_on", "id")
    return list(rows.values_list("due_on", "state"))


def test_a_key_result_owes_a_value_each_week(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    duty = Duty.objects.get()
    assert (duty.opens_on, duty.due_on) == (day(-4), day(2))
    assert (duty.due_at, duty.closes_at) == (at(2, 17), at(7, 0))
    assert (duty.owner, duty.state) == (key_result.owner, "open")


def test_a_round_is_once_an_hour_and_running_again_changes_nothing(
    key_result: KeyResult, clock: Clock
) -> None:
    assert len(plans_open(now=clock.set(1))) == 1
    assert plans_open(now=clock.set(1, 12, 59)) == []
    assert plans_open(now=clock.set(1, 13))[0].opened == 0
    assert Duty.objects.count() == 1


def test_the_next_period_begins_the_day_after(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(2, 23))
    assert due_days() == [(day(2), "open")]
    plans_open(now=clock.set(3, 0))
    assert due_days() == [(day(2), "open"), (day(9), "open")]


def test_a_month_without_a_round_is_caught_up_with(key_result: KeyResult, clock: Clock) -> None:
    check_in(key_result, {1: 1}, is_entered_now=True)
    plans_open(now=clock.set(1))
    clock.set(20, 10)
    check_in(key_result, {16: 1}, is_entered_now=True)
    clock.set(29)
    check_in(key_result, {29: 1}, is_entered_now=True)
    plans_open(now=at(29))
    duties_close(now=at(29))
    assert due_days() == [
        (day(2), "on_time"),
        (day(9), "missed"),
        (day(16), "late"),
        (day(23), "missed"),
        (day(30), "on_time"),
    ]


def test_a_check_in_from_elsewhere_is_found_by_the_next_round(
    key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(1))
    clock.set(1, 12, 10)
    entered = check_in(key_result, {1: 1}, is_entered_now=True).entered_at
    plans_open(now=clock.set(1, 13))
    duty = Duty.objects.get()
    assert (duty.state, duty.fulfilled_at) == ("on_time", entered)


@pytest.mark.parametrize(
    ("now", "state"), [(at(2, 17), "on_time"), (at(2, 17, 1), "late"), (at(6, 23), "late")]
)
def test_fulfilling_says_on_time_or_late(
    key_result: KeyResult, clock: Clock, now: dt.datetime, state: str
) -> None:
    plans_open(now=clock.set(1))
    assert duties_fulfil(key=(KR, key_result.pk), for_on=day(2), entered_at=now)
    assert Duty.objects.get().state == state


def test_what_is_entered_after_the_closing_fulfils_nothing(
    key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(1))
    assert not duties_fulfil(key=(KR, key_result.pk), for_on=day(2), entered_at=at(7, 1))
    duties_close(now=at(7, 1))
    assert Duty.objects.get().state == "missed"


def test_an_entry_counts_once_however_it_is_found(plan: Plan, owner: User, clock: Clock) -> None:
    """Monday's update is late for Friday, and Friday asks again."""
    at_once = rising_key_result(plan, "a", owner=owner)
    by_round = rising_key_result(plan, "b", owner=owner)
    plans_open(now=clock.set(3))
    entered(at_once, 5, clock.set(5))
    check_in(by_round, {5: 1}, is_entered_now=True)
    plans_open(now=clock.set(6))
    expected = [(day(2), "late"), (day(9), "open")]
    assert due_days(key_result=at_once) == due_days(key_result=by_round) == expected
    entered(at_once, 7, clock.set(7))
    check_in(by_round, {7: 1}, is_entered_now=True)
    plans_open(now=clock.set(8))
    expected = [(day(2), "late"), (day(9), "on_time")]
    assert due_days(key_result=at_once) == due_days(key_result=by_round) == expected


def test_fulfilling_costs_two_statements(
    key_result: KeyResult, clock: Clock, django_assert_num_queries: object
) -> None:
    plans_open(now=clock.set(1))
    with django_assert_num_queries(2):  # type: ignore[operator]
        duties_fulfil(key=(KR, key_result.pk), for_on=day(1), entered_at=at(1, 13))


def test_nothing_to_do_costs_one_statement_each(
    key_result: KeyResult, clock: Clock, django_assert_num_queries: object
) -> None:
    plans_open(now=clock.set(1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        plans_open(now=at(1, 12, 30))
    with django_assert_num_queries(1):  # type: ignore[operator]
        duties_close(now=at(1, 12, 30))


def test_a_round_costs_the_same_for_one_item_and_for_thirty(
    plan: Plan, owner: User, clock: Clock, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        rising_key_result(plan, f"kr{number}", owner=owner)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        plans_open(now=clock.set(1))
    assert Duty.objects.count() == 30


def test_a_new_owner_takes_over_what_is_still_to_come(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(3))
    new = make_user()
    clock.set(5)
    KeyResult.objects.filter(pk=key_result.pk).update(owner=new)
    plans_open(now=clock.set(6))
    assert list(Duty.objects.order_by("due_on").values_list("due_on", "owner")) == [
        (day(2), key_result.owner_id),
        (day(9), new.pk),
    ]


def test_a_new_owner_of_the_due_day_itself_begins_with_the_next(
    key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(3))
    clock.set(9, 9)
    new = make_user()
    KeyResult.objects.filter(pk=key_result.pk).update(owner=new)
    plans_open(now=clock.set(9, 10))
    assert due_days() == [(day(2), "missed")]
    plans_open(now=clock.set(10))
    assert list(Duty.objects.filter(owner=new).values_list("due_on", flat=True)) == [day(16)]


def test_a_change_of_owner_found_late_counts_from_its_own_day(
    key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(3))
    clock.set(5)
    new = make_user()
    KeyResult.objects.filter(pk=key_result.pk).update(owner=new)
    plans_open(now=clock.set(11))
    assert dict(Duty.objects.values_list("due_on", "owner")) == {
        day(2): key_result.owner_id,
        day(9): new.pk,
        day(16): new.pk,
    }


def test_a_new_item_owes_nothing_for_the_time_before_it(
    plan: Plan, owner: User, clock: Clock
) -> None:
    clock.set(14)
    rising_key_result(plan, owner=owner)
    plans_open(now=clock.set(14))
    assert due_days() == [(day(16), "open")]


def test_an_item_without_an_owner_is_written_down_for_nobody(plan: Plan, clock: Clock) -> None:
    rising_key_result(plan, owner=None)
    plans_open(now=clock.set(1))
    duties_close(now=at(8))
    duty = Duty.objects.get()
    assert (duty.owner, duty.state) == (None, "missed")


def test_absence_without_delegate_excuses(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    make_absence(key_result.owner, 2, 5)
    duties_close(now=at(8))
    assert due_days() == [(day(2), "excused")]


def test_a_delegate_answers_for_the_absence(key_result: KeyResult, clock: Clock) -> None:
    delegate = make_user()
    make_absence(key_result.owner, 2, 5, delegate=delegate)
    plans_open(now=clock.set(1))
    assert Duty.objects.get().delegate == delegate
    entered(key_result, 2, clock.set(2, 18))
    duty = Duty.objects.get()
    assert (duty.state, duty.delegate, duty.owner) == ("late", delegate, key_result.owner)


def test_who_comes_back_late_is_excused_and_who_was_early_is_on_time(
    plan: Plan, owner: User, clock: Clock
) -> None:
    early = rising_key_result(plan, "a", owner=owner)
    late = rising_key_result(plan, "b", owner=owner)
    make_absence(owner, 2, 2)
    plans_open(now=clock.set(1))
    entered(early, 1, clock.set(1, 13))
    entered(late, 3, clock.set(3, 13))
    assert Duty.objects.get(key_result=early).state == "on_time"
    assert Duty.objects.get(key_result=late).state == "excused"


def pause(key_result: KeyResult, number: int) -> None:
    item = Item.objects.get(target__key_result=key_result)
    with changing(key_result.plan, on=number) as change:
        item_pause(change=change, item=item)


def resume(key_result: KeyResult, number: int) -> None:
    item = Item.objects.get(target__key_result=key_result)
    with changing(key_result.plan, on=number) as change:
        item_resume(change=change, item=item)


def test_nothing_is_owed_while_paused_and_the_next_counts_from_the_resumption(
    key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(1))
    pause(key_result, 1)
    plans_open(now=clock.set(2))
    assert due_days() == []
    plans_open(now=clock.set(20))
    resume(key_result, 23)
    plans_open(now=clock.set(24))
    assert due_days() == [(day(30), "open")]


def test_a_pause_that_no_round_saw_excuses(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    pause(key_result, 2)
    duties_close(now=at(7))
    assert due_days() == [(day(2), "excused")]


def test_an_item_that_ended_owes_nothing(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    check_in(key_result, {1: 100}, is_entered_now=True)
    plans_open(now=clock.set(3))
    assert due_days() == [(day(2), "on_time")]


def test_a_task_owes_reports_from_its_start_until_its_finish(
    plan: Plan, owner: User, clock: Clock
) -> None:
    item = make_item(plan, "1", 5, 40, owner=owner)
    plans_open(now=clock.set(4))
    assert due_days(task=item.pk) == [(day(9), "open")]
    clock.set(9, 16)
    report(item, 8, remaining_days=20)
    plans_open(now=clock.set(10))
    clock.set(12)
    report(item, 12, finished_on=day(12))
    plans_open(now=clock.set(20))
    assert due_days(task=item.pk) == [(day(9), "on_time"), (day(16), "on_time")]


def test_a_key_result_may_have_its_own_schedule(plan: Plan, owner: User, clock: Clock) -> None:
    rising_key_result(plan, owner=owner, cadence="monthly", check_in_weekday=0, check_in_hour=9)
    plans_open(now=clock.set(1))
    duty = Duty.objects.get()
    assert (duty.due_on, duty.due_at) == (day(26), at(26, 9))


def test_a_new_schedule_moves_what_is_not_due_yet(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    Plan.objects.update(check_in_weekday=1, check_in_hour=9)
    plans_open(now=clock.set(1, 14))
    duty = Duty.objects.get()
    assert (duty.due_on, duty.due_at) == (day(6), at(6, 9))


def test_hours_are_those_of_the_owner_s_time_zone(plan: Plan, clock: Clock) -> None:
    owner = make_user(time_zone="Europe/Berlin")
    rising_key_result(plan, owner=owner)
    plans_open(now=clock.set(1))
    assert Duty.objects.get().due_at.isoformat() == "2026-01-02T16:00:00+00:00"


def test_milestone_driven_key_results_and_ended_plans_owe_nothing(
    plan: Plan, owner: User, clock: Clock
) -> None:
    milestone = make_milestone(plan, "live", 300)
    make_share(make_objective(plan), [milestone], ((day(365), "100"),), owner=owner)
    plans_open(now=clock.set(1))
    assert Duty.objects.count() == 0
    Plan.objects.update(archived_at=at(1))
    assert plans_open(now=at(3)) == []


def test_a_plan_that_is_being_changed_is_left_to_the_next_tick(
    key_result: KeyResult, clock: Clock
) -> None:
    assert duties_open(plan_id=0, now=at(1)) is None
    assert duties_open(plan_id=key_result.plan_id, now=at(1)) is not None


def test_a_sample_s_history_counts_from_the_plan_s_start(
    plan: Plan, owner: User, clock: Clock
) -> None:
    clock.set(20)
    key_result = rising_key_result(plan, owner=owner)
    check_in(key_result, {2: 1}, is_entered_now=True, is_sample=True)
    check_in(key_result, {9: 1}, is_entered_now=True, is_sample=True)
    plans_open(now=at(22))
    assert due_days() == [
        (day(2), "on_time"),
        (day(9), "on_time"),
        (day(16), "missed"),
        (day(23), "open"),
    ]
