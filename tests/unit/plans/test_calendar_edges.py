"""The first and the last day that a calendar knows."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.calendars import CalendarDays, DayCalendar, WorkingCalendar
from apps.plans.engine.errors import PlanRuleError

FIRST, LAST = dt.date.min, dt.date.max  # 1 January of year 1 is a Monday
weekdays = st.sets(st.integers(0, 6), min_size=1)
near_the_ends = st.one_of(
    st.dates(max_value=FIRST + dt.timedelta(20)), st.dates(min_value=LAST - dt.timedelta(20))
)
calendars: st.SearchStrategy[DayCalendar] = st.one_of(
    st.builds(CalendarDays),
    st.builds(WorkingCalendar, weekdays, st.dictionaries(near_the_ends, st.booleans(), max_size=8)),
)


def refuses(calendar: DayCalendar, number: int) -> None:
    with pytest.raises(PlanRuleError) as refused:
        calendar.date(number)
    assert refused.value.code == "calendar.out_of_range"
    assert refused.value.params == {"number": number}
    assert str(number) in str(refused.value)


@given(calendars)
def test_the_first_counted_day_of_all_is_number_1_and_none_comes_before(
    calendar: DayCalendar,
) -> None:
    first = calendar.date(1)
    assert calendar.number(first) == calendar.start_number(first) == 1
    assert calendar.start_number(FIRST) == 1
    assert calendar.number(FIRST) == (1 if first == FIRST else 0)
    refuses(calendar, 0)
    refuses(calendar, -1)


@given(calendars)
def test_the_last_counted_day_of_all_has_a_date_and_none_comes_after(
    calendar: DayCalendar,
) -> None:
    number = calendar.number(LAST)
    last = calendar.date(number)
    assert calendar.number(last) == number
    assert calendar.date(number - 1) < last
    refuses(calendar, number + 1)


@given(weekdays)
def test_the_first_week_of_all_is_counted_by_its_weekdays(chosen: set[int]) -> None:
    calendar = WorkingCalendar(chosen)
    for offset in range(14):
        day = FIRST + dt.timedelta(offset)
        assert calendar.number(day) == sum(d % 7 in chosen for d in range(offset + 1))
        assert calendar.is_working(day) == (day.weekday() in chosen)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_that_is_none_is_refused_by_its_code(weekday: int) -> None:
    with pytest.raises(PlanRuleError) as refused:
        WorkingCalendar((0, weekday))
    assert refused.value.code == "calendar.no_weekday"
    assert WorkingCalendar((0, 6)).is_working(FIRST)
