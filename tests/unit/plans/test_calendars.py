"""Day numbers against counting day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans.engine.calendars import CalendarDays, DayCalendar, WorkingCalendar
from apps.plans.engine.errors import PlanRuleError

BASE = date(2025, 9, 1)
days = st.integers(0, 150).map(lambda n: BASE + timedelta(n))
calendars = st.builds(
    WorkingCalendar,
    st.sets(st.integers(0, 6), min_size=1),
    st.dictionaries(days, st.booleans(), max_size=12),
)


def test_calendar_days_are_ordinals() -> None:
    calendar: DayCalendar = CalendarDays()
    assert calendar.number(BASE) == calendar.start_number(BASE) == BASE.toordinal()
    assert calendar.today_number(BASE) == BASE.toordinal()
    assert calendar.date(BASE.toordinal()) == BASE


@settings(max_examples=15, deadline=None)
@given(calendars)
def test_working_days_are_numbered_one_by_one(calendar: WorkingCalendar) -> None:
    number = calendar.number(BASE - timedelta(1))
    for offset in range(160):
        day = BASE + timedelta(offset)
        assert calendar.start_number(day) == number + 1
        if calendar.is_working(day):
            number += 1
            assert calendar.date(number) == day
        assert calendar.number(day) == calendar.today_number(day) == number


@given(st.sets(st.integers(0, 6), min_size=1), st.dictionaries(days, st.booleans()), days)
def test_exceptions_overrule_weekdays(
    weekdays: set[int], exceptions: dict[date, bool], day: date
) -> None:
    calendar = WorkingCalendar(weekdays, exceptions)
    assert calendar.is_working(day) == exceptions.get(day, day.weekday() in weekdays)


def test_national_day_holiday_and_make_up_day() -> None:
    golden_week = {date(2025, 10, d): False for d in range(1, 9)}
    calendar = WorkingCalendar(exceptions={**golden_week, date(2025, 10, 11): True})
    before = calendar.number(date(2025, 9, 30))
    assert calendar.today_number(date(2025, 10, 7)) == before
    assert calendar.start_number(date(2025, 10, 1)) == before + 1
    assert calendar.date(before + 1) == date(2025, 10, 9)
    assert calendar.date(before + 3) == date(2025, 10, 11)


@pytest.mark.parametrize("number", [0, -3, date.max.toordinal() + 1])
def test_numbers_without_a_date_are_refused(number: int) -> None:
    for calendar in (CalendarDays(), WorkingCalendar()):
        with pytest.raises(PlanRuleError, match="has no date"):
            calendar.date(number)


@pytest.mark.parametrize("weekdays", [(), (7,), (-1, 2)])
def test_weekdays_are_needed(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(PlanRuleError, match="needs weekdays"):
        WorkingCalendar(weekdays)
