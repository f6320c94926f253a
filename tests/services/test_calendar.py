"""A plan that counts working days, and what a new holiday does to it."""

import datetime as dt

import pytest

from apps.milestones.services.calendar import calendar_days_set
from apps.people.models import User
from apps.plans.models import CalendarDay, Item, LevelChange, Plan
from tests.build import make_item

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 6)


@pytest.fixture
def task(plan: Plan, pmo: User) -> Item:
    Plan.objects.filter(pk=plan.pk).update(has_working_calendar=True)
    plan.refresh_from_db()
    return make_item(plan, "1", MONDAY, FRIDAY, on=MONDAY, by=pmo)


def test_a_week_is_five_days_and_the_change_falls_on_a_working_day(task: Item) -> None:
    assert task.duration_days == 5
    # nothing reported: grace of 7 working days > 4 days left, so b = 0 and it is late after Friday
    assert task.next_change_on == dt.date(2026, 3, 9)


def test_a_holiday_shortens_the_task_and_moves_the_change(
    plan: Plan, pmo: User, task: Item
) -> None:
    days = {dt.date(2026, 3, 4): False, dt.date(2026, 3, 9): False}
    calendar_days_set(plan=plan, days=days, by=pmo, reason="holidays")
    task.refresh_from_db()
    assert task.duration_days == 4
    assert CalendarDay.objects.filter(plan=plan).count() == 2


def test_taking_the_holiday_back_gives_the_old_plan_again(
    plan: Plan, pmo: User, task: Item
) -> None:
    calendar_days_set(plan=plan, days={MONDAY: False}, by=pmo, reason="holiday")
    calendar_days_set(plan=plan, days={MONDAY: None}, by=pmo, reason="not a holiday")
    again = Item.objects.get(pk=task.pk)
    assert (again.duration_days, again.forecast_a, again.forecast_b) == (
        task.duration_days,
        task.forecast_a,
        task.forecast_b,
    )
    assert not CalendarDay.objects.exists()


def test_what_was_due_before_the_change_is_recorded_in_the_old_numbers(
    plan: Plan, pmo: User, task: Item, time_machine: object
) -> None:
    time_machine.move_to(dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    calendar_days_set(plan=plan, days={dt.date(2026, 3, 9): False}, by=pmo, reason="late holiday")
    changes = LevelChange.objects.filter(item=task).order_by("id")
    assert changes.first().changed_on == dt.date(2026, 3, 9)  # type: ignore[union-attr]
