"""Geometry of a key result's charts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.charts.history import (
    Facts,
    TargetValue,
    Value,
    layout_chart,
    round_step,
    value_axis,
)
from apps.objectives.charts.mini import MOST_MINI_POINTS, layout_mini, thinned
from apps.plans.charts.axis import TimeAxis

START, FINISH = dt.date(2026, 1, 1), dt.date(2028, 12, 31)


def on(number: int) -> dt.date:
    return START + dt.timedelta(days=number - 1)


def facts(**values: object) -> Facts:
    known = {
        "start": START,
        "finish": FINISH,
        "today": on(300),
        "phases": [(1, "Foundation", START, on(365))],
        "plan": [Value(on(0), 42.0), Value(FINISH, 65.0)],
        "values": [Value(on(7), 42.0, 3), Value(on(200), 45.0)],
        "targets": [TargetValue(on=FINISH, value=65.0, level="yellow", is_next=True)],
    }
    return Facts(**{**known, **values})  # type: ignore[arg-type]


# what a check-in can hold: six decimals
VALUES = st.decimals(-(10**6), 10**6, places=6).map(float)


@given(st.lists(VALUES, min_size=1, max_size=8))
def test_an_axis_holds_every_value_in_even_steps(values: list[float]) -> None:
    axis = value_axis(values, 300)
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert 2 <= len(axis.ticks()) <= 14
    assert axis.y(axis.low) == 300
    assert axis.y(axis.high) == 0


def test_steps_are_round() -> None:
    assert [round_step(rough) for rough in (0.9, 1.2, 2.4, 3, 7, 26)] == [1, 2, 2.5, 5, 10, 50]


def test_an_empty_chart_still_has_an_axis() -> None:
    chart = layout_chart(facts(plan=[], values=[], targets=[]))
    assert len(chart.value_ticks) > 1
    assert (chart.plan_line, chart.value_line, chart.forecast) == ("", "", None)


def test_a_falling_key_result_falls() -> None:
    chart = layout_chart(
        facts(
            plan=[Value(on(1), 186.0), Value(FINISH, 95.0)],
            values=[Value(on(7), 186.0), Value(on(200), 160.0)],
            targets=[],
        )
    )
    assert chart.values[1].y > chart.values[0].y


def test_the_forecast_runs_from_the_last_value_to_the_next_target() -> None:
    target = TargetValue(on=FINISH, value=65.0, level="yellow", is_next=True, forecast_on=on(1200))
    chart = layout_chart(facts(targets=[target]))
    assert chart.forecast is not None
    assert chart.forecast.x == 100
    assert chart.forecast.y == chart.targets[0].y


def test_a_forecast_far_away_is_cut_at_the_edge_below_its_target() -> None:
    target = TargetValue(on=FINISH, value=65.0, level="red", is_next=True, forecast_on=on(9000))
    chart = layout_chart(facts(targets=[target]))
    assert chart.forecast is not None
    assert chart.forecast.x == 100
    assert chart.forecast.y > chart.targets[0].y


@pytest.mark.parametrize(
    "target",
    [
        TargetValue(on=on(10), value=43.0, level="on_plan", is_next=True, forecast_on=on(10)),
        TargetValue(on=FINISH, value=None, level="on_plan", is_next=True, forecast_on=FINISH),
        TargetValue(on=FINISH, value=65.0, level="no_baseline", is_next=True),
        TargetValue(on=FINISH, value=65.0, level="on_plan", forecast_on=FINISH),
    ],
)
def test_no_forecast_is_drawn_where_there_is_none(target: TargetValue) -> None:
    assert layout_chart(facts(targets=[target])).forecast_line == ""


def test_bounds_are_a_band_open_on_one_side() -> None:
    values = [Value(on(7), 97.0), Value(on(14), 93.0)]
    above = layout_chart(facts(plan=[], targets=[], values=values, low=95.0)).band
    below = layout_chart(facts(plan=[], targets=[], values=values, high=95.0)).band
    assert above is not None
    assert below is not None
    assert above.y == 0
    assert below.y + below.height == 300
    target = TargetValue(on=FINISH, value=None, level="on_plan")
    chart = layout_chart(facts(plan=[], values=values, targets=[target], low=95.0))
    assert chart.targets[0].y == above.height


def test_a_target_without_value_or_bound_stands_in_the_middle() -> None:
    target = TargetValue(on=FINISH, value=None, level="on_plan")
    assert layout_chart(facts(plan=[], values=[], targets=[target])).targets[0].y == 150


def test_a_moved_target_keeps_its_first_place() -> None:
    target = TargetValue(on=FINISH, value=60.0, level="on_plan", first=Value(on(700), 65.0))
    mark = layout_chart(facts(targets=[target])).targets[0]
    assert mark.first is not None
    assert mark.first.x < mark.x
    assert mark.first.y < mark.y


def test_confidence_is_drawn_where_it_was_given() -> None:
    chart = layout_chart(facts())
    assert [(mark.value, mark.height) for mark in chart.confidences] == [(3, 6.0)]


def test_today_is_left_out_when_it_lies_beyond_the_axis() -> None:
    assert layout_chart(facts(today=dt.date(2040, 1, 1))).today_x is None
    assert layout_chart(facts()).today_x is not None


def test_small_charts_are_thinned_but_keep_the_last_value() -> None:
    values = [Value(on(7 * n), float(n)) for n in range(1, 150)]
    assert len(thinned(values)) <= MOST_MINI_POINTS
    assert thinned(values)[-1] == values[-1]
    mini = layout_mini([], values, TimeAxis(START, FINISH))
    assert mini.last is not None
    assert mini.last.y == 3


def test_a_small_chart_without_values_is_empty() -> None:
    mini = layout_mini([], [], TimeAxis(START, FINISH))
    assert (mini.plan_line, mini.value_line, mini.last) == ("", "", None)


def test_a_counted_value_holds_until_the_next_one() -> None:
    values = [Value(on(10), 0.0), Value(on(20), 50.0), Value(on(30), 100.0)]
    stepped = layout_chart(facts(values=values, is_stepped=True))
    corners = stepped.value_line.split()
    assert len(corners) == 5
    assert [corner.split(",")[1] for corner in corners[:2]] == [corners[0].split(",")[1]] * 2
    assert stepped.values == layout_chart(facts(values=values)).values
