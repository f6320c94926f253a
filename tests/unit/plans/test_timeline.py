"""Next changes and settling against looking at every day."""

from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.levels import Level
from apps.plans.engine.timeline import Change, NextChange, level_on, next_change, settle, upcoming

forecasts = st.builds(Forecast, st.integers(0, 80), st.none() | st.integers(-20, 80))


@given(forecasts, st.integers(1, 60), st.integers(1, 50), st.integers(-10, 60), st.integers(1, 20))
def test_upcoming_is_every_later_rise(
    forecast: Forecast, finish: int, duration: int, after: int, minimum: int
) -> None:
    found = []
    for day in range(after + 1, after + 250):
        before = level_on(forecast, finish, duration, day - 1, minimum)
        level = level_on(forecast, finish, duration, day, minimum)
        if level != before:
            found.append(NextChange(day, level))
    assert upcoming(forecast, finish, duration, after, minimum) == tuple(found)
    assert len(found) <= 3
    assert next_change(forecast, finish, duration, after, minimum) == (found[0] if found else None)


def test_nothing_stored_means_nothing_to_settle() -> None:
    settled = settle(Forecast(10, None), 10, 5, level=Level.YELLOW, next_day=None, today=99)
    assert settled == ((), Level.YELLOW, None)


def test_settling_before_the_day_keeps_it() -> None:
    settled = settle(Forecast(90, 0), 90, 30, level=Level.ON_PLAN, next_day=91, today=90)
    assert settled == ((), Level.ON_PLAN, (91, Level.YELLOW))


def test_missed_sweeps_date_each_change_its_own_day() -> None:
    settled = settle(Forecast(90, 0), 90, 30, level=Level.ON_PLAN, next_day=91, today=97)
    assert settled.changes == (
        Change(91, Level.ON_PLAN, Level.YELLOW),
        Change(94, Level.YELLOW, Level.ORANGE),
    )
    assert settled.next_change == (100, Level.RED)
    again = settle(Forecast(90, 0), 90, 30, level=settled.level, next_day=100, today=97)
    assert again.changes == ()


def test_a_stored_day_that_brings_no_new_level_is_passed_over() -> None:
    settled = settle(Forecast(90, 0), 90, 30, level=Level.YELLOW, next_day=91, today=99)
    assert settled.changes == (Change(94, Level.YELLOW, Level.ORANGE),)
    assert settled.level is Level.ORANGE
