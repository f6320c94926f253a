"""Holidays in the administration: each change goes through the service and moves the plan."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from apps.people.models import User
from apps.plans.models import CalendarDay, Item, Plan
from tests.build import make_item, make_user

SignIn = Callable[[User], Client]

ADMIN = "/admin/plans/calendarday/"
MONDAY, FRIDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 6)
WEDNESDAY = "2026-03-04"


@pytest.fixture
def week(plan: Plan, pmo: User) -> Item:
    """A task of one week, Monday to Friday, in a plan that counts working days."""
    Plan.objects.filter(pk=plan.pk).update(has_working_calendar=True)
    plan.refresh_from_db()
    return make_item(plan, "1", MONDAY, FRIDAY, on=MONDAY, by=pmo)


@pytest.fixture
def browser(as_user: SignIn) -> Client:
    """An administrator of the site."""
    return as_user(make_user(is_staff=True, is_superuser=True))


def add_holiday(browser: Client, plan: Plan) -> CalendarDay:
    holiday = {"plan": plan.pk, "day_on": WEDNESDAY, "name": "Founders' day"}
    assert browser.post(f"{ADMIN}add/", holiday).status_code == 302
    return CalendarDay.objects.get()


def days_of(item: Item) -> int:
    item.refresh_from_db()
    return item.duration_days


def test_a_new_holiday_shortens_what_runs_over_it(week: Item, browser: Client) -> None:
    day = add_holiday(browser, week.plan)
    assert (day.is_working, day.name) == (False, "Founders' day")
    assert days_of(week) == 4


def test_a_day_is_changed_but_not_moved(week: Item, browser: Client) -> None:
    day = add_holiday(browser, week.plan)
    changed = {"is_working": "on", "name": "Make-up day", "day_on": "2026-03-05"}
    assert browser.post(f"{ADMIN}{day.pk}/change/", changed).status_code == 302
    day = CalendarDay.objects.get()
    assert (day.day_on.isoformat(), day.is_working) == (WEDNESDAY, True)
    assert days_of(week) == 5


@pytest.mark.parametrize("way", ["one", "several"])
def test_a_deleted_holiday_is_a_working_day_again(week: Item, browser: Client, way: str) -> None:
    day = add_holiday(browser, week.plan)
    if way == "one":
        browser.post(f"{ADMIN}{day.pk}/delete/", {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": day.pk, "post": "yes"}
        browser.post(ADMIN, chosen)
    assert not CalendarDay.objects.exists()
    assert days_of(week) == 5
