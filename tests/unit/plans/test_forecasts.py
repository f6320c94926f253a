"""Forecasts: maxima, exact numbers, remaining days."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.forecasts import (
    Forecast,
    exact,
    hold_forecast,
    latest,
    milestone_reference_start,
    planned_duration,
    point_forecast,
    remaining_from_percent,
    rescaled_remaining,
    silent_on,
    work_forecast,
)

forecasts = st.builds(Forecast, st.integers(-99, 99), st.none() | st.integers(-99, 99))


@given(forecasts, forecasts, st.integers(-200, 200), st.integers(-50, 50))
def test_max_and_at_least_hold_on_every_day(
    one: Forecast, two: Forecast, day: int, more: int
) -> None:
    assert one.max(two).at(day) == max(one.at(day), two.at(day))
    assert one.at_least(more).at(day) == max(one.at(day), more)
    assert one.at_least(None) is one


@given(st.lists(forecasts, min_size=1, max_size=6), st.integers(-200, 200))
def test_latest_is_the_latest_of_all(members: list[Forecast], day: int) -> None:
    forecast = latest(members)
    assert forecast is not None
    assert forecast.at(day) == max(member.at(day) for member in members)


def test_latest_of_none_is_none() -> None:
    assert latest([]) is None


def test_declared_finish_raises_and_never_lowers() -> None:
    assert work_forecast(10, 5, 7, declared_finish=40) == Forecast(40, 0)
    assert work_forecast(10, 50, 7, declared_finish=40) == Forecast(60, 42)
    assert point_forecast(90, 95) == Forecast(95, 0)
    assert hold_forecast(90, None, 95) == Forecast(95, None)


@pytest.mark.parametrize(
    ("percent", "remaining"),
    [(0, 100), (25, 75), (Decimal("33.3"), 67), (Fraction(100, 3), 67), (99, 1), (100, 0)],
)
def test_remaining_is_rounded_up(percent: Any, remaining: int) -> None:
    assert remaining_from_percent(100, percent) == remaining


@pytest.mark.parametrize("percent", [-1, 101, Decimal("100.01")])
def test_percent_outside_is_refused(percent: Any) -> None:
    with pytest.raises(PlanRuleError, match="not between 0 and 100") as refusal:
        remaining_from_percent(10, percent)
    assert refusal.value.code == "percent.out_of_range"


@pytest.mark.parametrize("value", [0.5, "1", True, None])
def test_inexact_numbers_are_refused(value: Any) -> None:
    with pytest.raises(PlanRuleError, match="not an exact number"):
        exact(value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_numbers_that_are_none_are_refused(value: Decimal) -> None:
    with pytest.raises(PlanRuleError, match="not a number"):
        exact(value)


def test_rescaled_remaining_keeps_the_share_done() -> None:
    assert rescaled_remaining(75, 100, 40) == 30
    assert rescaled_remaining(1, 3, 10) == 4
    assert rescaled_remaining(0, 3, 10) == 0


def test_duration_and_silence() -> None:
    assert planned_duration(1, 100) == 100
    assert planned_duration(5, 4) == 1
    assert silent_on(40, 7) == 48


@pytest.mark.parametrize(
    ("own", "linked", "phase", "expected"),
    [(5, [9], 3, 5), (None, [12, 9], 3, 9), (None, [], 3, 3), (None, [], None, 1)],
)
def test_reference_start_of_a_milestone(
    own: int | None, linked: list[int], phase: int | None, expected: int
) -> None:
    assert milestone_reference_start(own, linked, phase, 1) == expected
