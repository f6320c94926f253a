"""Key results: refusals, paths, plan values, states of dated targets."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.errors import DayNumber, PlanRuleError, TrajectoryError
from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.key_results import (
    CheckIn,
    DatedTarget,
    KeyResult,
    KeyResultKind,
    is_inside,
    problems_of,
    trajectory_of,
)
from apps.plans.engine.targets import TargetMode, TargetState, next_unmet, target_states
from apps.plans.engine.trajectory import Trajectory

UP, DOWN = KeyResultKind.INCREASE, KeyResultKind.DECREASE
WITHIN, LEAST, MOST = (
    KeyResultKind.KEEP_WITHIN,
    KeyResultKind.KEEP_AT_LEAST,
    KeyResultKind.KEEP_AT_MOST,
)


def targets(*pairs: tuple[int, Any]) -> tuple[DatedTarget, ...]:
    return tuple(DatedTarget(day, value) for day, value in pairs)


STEPS = KeyResult(UP, 0, targets((100, 40), (200, 40), (300, 100)), 0)


def states(key_result: KeyResult, *pairs: tuple[int, Any], **how: Any) -> tuple[TargetState, ...]:
    return target_states(key_result, [CheckIn(*pair) for pair in pairs], **how)


@pytest.mark.parametrize(
    ("kind", "dated", "baseline", "codes"),
    [
        (UP, (), 0, ["no_targets"]),
        (UP, targets((0, 5)), 0, ["days_not_rising"]),
        (UP, targets((9, 5), (9, 6), (4, 7)), 0, ["days_not_rising"] * 2),
        (UP, targets((9, 5), (12, 4)), 0, ["against_direction"]),
        (UP, targets((9, 5)), 6, ["against_direction"]),
        (DOWN, targets((9, 5), (12, Decimal("5.1"))), 4, ["against_direction"] * 2),
        (DOWN, targets((9, 5), (12, 5)), None, []),
        (UP, targets((9, None)), 0, ["missing_value"]),
        (WITHIN, (DatedTarget(9, None, 3),), None, ["missing_value"]),
        (WITHIN, (DatedTarget(9, None, 3, 2),), None, ["bounds_reversed"]),
        (WITHIN, (DatedTarget(9, None, 3, 3),), None, []),
        (LEAST, (DatedTarget(9, None, None, 3),), None, ["missing_value"]),
        (MOST, (DatedTarget(9, None, 3),), None, ["missing_value"]),
        (KeyResultKind.BINARY, (DatedTarget(9),), None, []),
        (KeyResultKind.MILESTONES, targets((9, 50), (12, 100)), None, []),
        (KeyResultKind.MILESTONES, targets((9, None)), None, ["missing_value"]),
        (KeyResultKind.MILESTONES, targets((9, 50), (12, 40)), None, ["against_direction"]),
    ],
)
def test_problems(
    kind: KeyResultKind, dated: tuple[DatedTarget, ...], baseline: Any, codes: list[str]
) -> None:
    found = problems_of(kind, 0, dated, baseline)
    assert [error.code for error in found] == [f"trajectory.{code}" for code in codes]
    for error in found:
        days = [error.params[name] for name in ("day", "before") if name in error.params]
        assert all(isinstance(day, DayNumber | str) for day in days)
    if codes:
        with pytest.raises(TrajectoryError, match=re.escape(str(found[0]))):
            KeyResult(kind, 0, dated, baseline)


def test_refusal_says_what_goes_against_what() -> None:
    (error,) = problems_of(UP, 0, targets((9, 5), (12, 4)), 0)
    assert str(error) == ("The target 4 of day 12 goes against the direction: before it stands 5.")
    assert error.params == {"value": "4", "day": 12, "kind": "increase", "before": "5"}


def test_floats_are_refused() -> None:
    with pytest.raises(PlanRuleError, match="not an exact number"):
        states(STEPS, (5, 0.5))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (-5, 0),
        (0, 0),
        (25, 10),
        (100, 40),
        (150, 40),
        (201, Fraction(203, 5)),
        (300, 100),
        (400, 100),
    ],
)
def test_plan_value_is_exact(day: int, value: Fraction) -> None:
    path = trajectory_of(STEPS, [])
    assert path is not None
    assert path.value(day) == value


def test_no_line_without_a_start() -> None:
    unmeasured = KeyResult(UP, 0, targets((10, 5)))
    assert trajectory_of(unmeasured, []) is None
    path = trajectory_of(unmeasured, [CheckIn(0, 1)])
    assert path is not None
    assert path.value(5) == 3
    assert trajectory_of(KeyResult(LEAST, 0, (DatedTarget(10, None, 5),)), []) is None


@pytest.mark.parametrize(
    ("value", "position"),
    [
        (-80, -100),
        (-20, -50),
        (0, 0),
        (Fraction(1, 3), Fraction(5, 6)),
        (Fraction(399, 10), Fraction(399, 4)),
        (40, 200),
        (70, 250),
        (100, 300),
        (999, 300),
    ],
)
def test_position_is_the_upper_inverse(value: Any, position: Any) -> None:
    path = Trajectory(
        ((0, Fraction(0)), (100, Fraction(40)), (200, Fraction(40)), (300, Fraction(100)))
    )
    assert path.position(Fraction(value)) == position


@given(st.integers(0, 300), st.integers(0, 100))
def test_position_is_the_last_day_the_plan_asks_no_more(day: int, value: int) -> None:
    path = Trajectory(
        ((0, Fraction(0)), (100, Fraction(40)), (200, Fraction(40)), (300, Fraction(100)))
    )
    position = path.position(Fraction(value))
    assert (path.value(day) <= value) == (day <= position)


def test_paths_without_a_climb_stay_at_their_start() -> None:
    flat = Trajectory(((5, Fraction(3)), (9, Fraction(3))))
    assert flat.position(Fraction(1)) == 5
    assert Trajectory(((5, Fraction(3)),)).position(Fraction(9)) == 5


def test_plateau_first_waits_for_its_end() -> None:
    key_result = KeyResult(UP, 0, targets((50, 0), (100, 10)), 0)
    hold, climb = states(key_result)
    assert (hold.mode, hold.forecast) == (TargetMode.HOLD, Forecast(50, None))
    assert (climb.position, climb.remaining, climb.forecast) == (50, 50, Forecast(100, 42))
    worse = states(key_result, (3, -5))[1]
    assert (worse.position, worse.remaining) == (-25, 75)


def test_met_target_is_closed_with_its_date_and_stays_closed() -> None:
    first, _, last = states(STEPS, (60, 41), (90, 5))
    assert (first.closed_on, first.forecast, first.silent_on) == (60, Forecast(60, None), None)
    assert next_unmet(states(STEPS, (60, 41), (90, 5))) == states(STEPS, (60, 41), (90, 5))[1]
    assert last.closed_on is None
    assert next_unmet(states(STEPS, (60, 41), (250, 120))) is None
    kept = KeyResult(UP, 0, (DatedTarget(100, 40, closed_on=60),), 0)
    assert states(kept, (90, 5))[0].closed_on == 60


def test_last_check_in_of_a_day_counts_whatever_the_order() -> None:
    assert states(STEPS, (50, 8), (20, 1), (50, 20))[0].position == 50


def test_hold_counts_only_in_its_own_time() -> None:
    """Below the plateau value before it begins is the climb's delay, not the hold's."""
    assert states(STEPS, (100, 30))[1].outside_since is None
    assert states(STEPS, (100, 30), (101, 39))[1].outside_since == 101
    assert states(STEPS, (101, 39), (120, 38), (130, 40))[1].outside_since is None
    assert states(STEPS, (101, 39), (130, 40), (140, 39))[1].outside_since == 140


@pytest.mark.parametrize(
    ("history", "closed_on"),
    [
        ([(199, 40)], None),
        ([(200, 40)], 200),
        ([(205, 41)], 200),
        ([(150, 39), (205, 41)], 205),
        ([(150, 39), (160, 40), (205, 41)], 200),
        ([(205, 39)], None),
        ([(205, 39), (209, 40)], 209),
    ],
)
def test_hold_closes_with_the_first_inside_value_once_due(
    history: list[tuple[int, Any]], closed_on: int | None
) -> None:
    assert states(STEPS, *history)[1].closed_on == closed_on


@pytest.mark.parametrize(
    ("kind", "value", "inside"),
    [
        (WITHIN, 2, True),
        (WITHIN, 4, True),
        (WITHIN, Decimal("4.01"), False),
        (WITHIN, Decimal("1.99"), False),
        (LEAST, 2, True),
        (LEAST, 1, False),
        (LEAST, 99, True),
        (MOST, 4, True),
        (MOST, 5, False),
        (MOST, -9, True),
        (KeyResultKind.BINARY, 1, True),
        (KeyResultKind.BINARY, 0, False),
        (KeyResultKind.MILESTONES, 3, True),
        (KeyResultKind.MILESTONES, Decimal("2.99"), False),
        (UP, 3, True),
        (DOWN, Decimal("3.1"), False),
    ],
)
def test_meeting_a_bound_exactly_is_inside(kind: KeyResultKind, value: Any, inside: bool) -> None:
    assert is_inside(kind, DatedTarget(9, 3, 2, 4), value) is inside


def test_binary_is_done_with_a_one() -> None:
    key_result = KeyResult(KeyResultKind.BINARY, 60, (DatedTarget(90, declared_finish=95),))
    assert states(key_result)[0].forecast == Forecast(95, 0)
    (done,) = states(key_result, (80, 1))
    own = done.own_forecasts()
    assert own is not None
    assert (own.finish, own.is_point, own.is_fixed) == (Forecast(80, None), True, True)


def test_a_share_of_milestones_waits_for_its_due_day_and_is_never_silent() -> None:
    key_result = KeyResult(KeyResultKind.MILESTONES, 0, targets((90, 50), (180, 100)))
    first, second = states(key_result, (30, Decimal("33.33")))
    assert (first.forecast, second.forecast) == (Forecast(90, 0), Forecast(180, 0))
    assert (first.silent_on, first.remaining, first.position) == (None, 0, None)
    own = first.own_forecasts()
    assert own is not None
    assert (own.is_point, own.is_fixed) == (True, False)
    met, waiting = states(key_result, (30, Decimal("33.33")), (70, 50))
    assert (met.closed_on, met.forecast, waiting.closed_on) == (70, Forecast(70, None), None)


def test_without_a_baseline_there_is_no_form() -> None:
    (state,) = states(KeyResult(UP, 0, targets((100, 40))))
    assert (state.mode, state.forecast, state.silent_on) == (TargetMode.NO_BASELINE, None, None)
    assert state.own_forecasts() is None
    assert (state.planned_start, state.duration) == (1, 100)


def test_the_path_starts_at_the_first_value() -> None:
    key_result = KeyResult(UP, 0, targets((100, 40), (200, 80)))
    first, second = states(key_result, (60, 20))
    assert (first.planned_start, first.path_start, first.remaining) == (61, 60, 40)
    assert (first.forecast, first.network_start) == (Forecast(100, 32), 61)
    assert second.planned_start == 101


def test_targets_the_first_value_meets_are_not_on_the_path() -> None:
    key_result = KeyResult(UP, 0, targets((100, 40), (200, 80)))
    met, second = states(key_result, (60, 52))
    assert met.closed_on == 60
    assert (second.position, second.remaining, second.forecast) == (60, 140, Forecast(200, 132))


def test_first_value_after_the_due_day_is_late_from_that_day() -> None:
    key_result = KeyResult(UP, 0, targets((100, 40), (200, 80)))
    late, second = states(key_result, (120, 10))
    assert (late.mode, late.forecast, late.duration) == (TargetMode.OVERDUE, Forecast(100, 0), 100)
    assert (second.planned_start, second.duration) == (121, 80)


def test_first_value_before_the_start_counts_from_the_start() -> None:
    (state,) = states(KeyResult(UP, 10, targets((100, 40))), (4, 20))
    assert (state.path_start, state.known_on) == (10, 10)


def test_pause_resume_and_declared_finish() -> None:
    key_result = KeyResult(UP, 0, targets((100, 100)), 0)
    paused = states(key_result, (40, 40), is_paused=True)[0]
    assert (paused.forecast, paused.silent_on) == (Forecast(100, 59), None)
    resumed = states(key_result, (40, 40), resumed_on=61)[0]
    assert (resumed.forecast, resumed.known_on, resumed.silent_on) == (Forecast(120, 52), 60, 68)
    declared = KeyResult(UP, 0, (DatedTarget(100, 100, declared_finish=130),), 0)
    assert states(declared, (40, 40))[0].forecast == Forecast(130, 52)


def test_climb_in_the_network_has_started_with_its_path() -> None:
    own = states(STEPS, (120, 32))[2].own_forecasts()
    assert own is not None
    assert (own.start, own.remaining, own.is_point, own.has_started) == (
        Forecast(1, None),
        120,
        False,
        True,
    )
