"""As-of views against a brute force over random histories."""

import datetime as dt
import random
from decimal import Decimal

import pytest
import time_machine

from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.selectors.as_known import read_as_known
from apps.people.models import User
from apps.plans.engine.calendars import CalendarDays
from tests.build import SHANGHAI, ask_to_move, at, check_in, correct, day, decide

Entry = tuple[dt.datetime, dt.date, Decimal]


def enter(key_result: KeyResult, by: User, moment: dt.datetime, on: dt.date, value: int) -> Entry:
    """A value entered at that moment; a correction where that date has one."""
    standing = CheckIn.objects.filter(key_result=key_result, for_on=on).order_by("-id").first()
    with time_machine.travel(moment, tick=False):
        if standing is None:
            check_in(key_result, {on: value}, by=by, is_entered_now=True)
        elif standing.value != value:  # the same again is refused, and would say nothing new
            correct(standing, value, by=by)
    return moment, on, Decimal(value)


def brute(history: list[Entry], end: dt.datetime) -> dict[dt.date, Decimal]:
    """Values in force by date: entry after entry, as far as they had been made."""
    known = {}
    for moment, on, value in history:
        if moment < end:
            known[on] = value
    return known


@pytest.mark.parametrize("seed", range(6))
def test_values_and_the_latest_agree_with_replaying_the_entries(
    key_result: KeyResult, pmo: User, seed: int
) -> None:
    chance = random.Random(seed)
    moments = sorted(at(chance.randrange(2, 120), chance.randrange(24)) for _entry in range(25))
    history = []
    for moment in moments:
        back = dt.timedelta(days=chance.randrange(0, 6))
        on = max(moment.astimezone(SHANGHAI).date() - back, day(1))
        history.append(enter(key_result, pmo, moment, on, chance.randrange(8, 19)))
    for number in range(1, 125, 4):
        end = at(number + 1, 0)
        known = read_as_known(key_result, key_result.plan, CalendarDays(), day(number))
        expected = brute(history, end)
        assert {row.for_on: row.value for row in known.rows} == expected
        newest = known.standing.newest
        found = None if newest is None else (newest.on, newest.value)
        assert found == (max(expected.items()) if expected else None)


def test_the_level_is_that_of_the_day(key_result: KeyResult, pmo: User) -> None:
    enter(key_result, pmo, at(100), day(100), 12)
    enter(key_result, pmo, at(200), day(100), 11)
    plan = key_result.plan

    def level(number: int) -> str:
        leading = read_as_known(key_result, plan, CalendarDays(), day(number)).standing.leading
        assert leading is not None
        return leading.outlook.shown

    assert [level(number) for number in (5, 101, 201)] == ["on_plan", "yellow", "red"]


def test_a_target_is_the_one_of_that_day(key_result: KeyResult, pmo: User, viewer: User) -> None:
    target = key_result.targets.select_related("key_result").order_by("due_on")[0]
    with time_machine.travel(at(50), tick=False):
        asked = ask_to_move(target, 400, 15, by=viewer)
    with time_machine.travel(at(60), tick=False):
        decide(asked, by=pmo)

    def asks(number: int) -> tuple[object, object]:
        known = read_as_known(key_result, key_result.plan, CalendarDays(), day(number))
        first = known.standing.targets[0].target
        return first.value, first.due_on

    assert asks(59) == (20, dt.date(2026, 12, 31))
    assert asks(60) == (15, day(400))
