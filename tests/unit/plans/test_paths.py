"""Edges of a key result's path: before its start, on a plateau, from a first value on."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.key_results import (
    CheckIn,
    DatedTarget,
    KeyResult,
    KeyResultKind,
    trajectory_of,
)
from apps.plans.engine.targets import TargetMode, TargetState, target_states
from apps.plans.engine.trajectory import Trajectory

UP = KeyResultKind.INCREASE


def path(*points: tuple[int, int], direction: int = 1) -> Trajectory:
    return Trajectory(tuple((day, Fraction(value)) for day, value in points), direction)


def unmeasured(*pairs: tuple[int, int]) -> KeyResult:
    return KeyResult(UP, 0, tuple(DatedTarget(day, value) for day, value in pairs))


@pytest.mark.parametrize(
    ("day", "value"), [(-5, 7), (10, 7), (60, 27), (110, 47), (150, 47), (200, 47), (999, 47)]
)
def test_before_its_start_a_plan_asks_for_the_baseline_and_after_its_end_for_the_last(
    day: int, value: int
) -> None:
    assert path((10, 7), (110, 47), (200, 47)).value(day) == value


def test_a_value_on_the_last_plateau_stands_at_its_end() -> None:
    assert path((10, 7), (110, 47), (200, 47)).position(Fraction(47)) == 200
    assert path((10, 7), (110, 47), (200, 47)).position(Fraction(27)) == 60


@pytest.mark.parametrize("direction", [1, -1])
def test_a_worse_value_goes_back_by_the_length_of_the_first_climb_at_most(direction: int) -> None:
    steps = path((50, 0), (60, 10 * direction), direction=direction)
    assert steps.position(Fraction(-4 * direction)) == 46
    assert steps.position(Fraction(-400 * direction)) == 40


rising = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9)), min_size=2, max_size=6).filter(
    lambda steps: steps[-1][1] > 0
)


@given(rising, st.integers(0, 9), st.integers(0, 300), st.integers(-9, 60))
def test_the_earliest_finish_waits_for_every_plateau_still_ahead(
    steps: list[tuple[int, int]], first: int, known_on: int, value: int
) -> None:
    """Against the definition: day by day, where work goes on at the plan's own pace."""
    points = [(5, first)]
    for days, more in steps:
        points.append((points[-1][0] + days, points[-1][1] + more))
    line = path(*points)
    finish = points[-1][0]
    position = line.position(Fraction(value))
    earliest = line.earliest_finish(position, known_on, finish)
    climbs = [piece for piece in line.segments() if piece.is_climb]
    left = sum((max(c.end - max(position, c.start), Fraction(0)) for c in climbs), Fraction(0))
    left += max(line.start - position, Fraction(0))
    assert line.remaining(position, finish) == ceil(left)
    ends = [known_on + ceil(left)]
    for piece in line.segments():
        if not piece.is_climb and position <= piece.end:
            ends.append(piece.end + sum(c.end - c.start for c in climbs if c.start >= piece.end))
    assert earliest == max(ends)


def test_what_is_ahead_of_a_plan_without_plateaus_may_finish_early() -> None:
    line = path((0, 0), (100, 40), (200, 90))
    assert line.earliest_finish(Fraction(50), 10, 200) == 160


@pytest.mark.parametrize(
    ("check_ins", "points"),
    [
        ([CheckIn(10, 40)], ((10, 40), (200, 60))),
        ([CheckIn(100, 30)], ((100, 30), (200, 60))),
        ([CheckIn(150, 30)], ((150, 30), (200, 60))),
        ([CheckIn(90, 35), CheckIn(20, 10)], ((20, 10), (100, 40), (200, 60))),
        ([CheckIn(20, 10), CheckIn(20, 5)], ((20, 10), (100, 40), (200, 60))),
        ([CheckIn(-7, 10)], ((0, 10), (100, 40), (200, 60))),
    ],
)
def test_without_a_baseline_the_path_starts_at_the_first_value_and_asks_for_more(
    check_ins: list[CheckIn], points: tuple[tuple[int, int], ...]
) -> None:
    found = trajectory_of(unmeasured((100, 40), (200, 60)), check_ins)
    assert found is not None
    assert found.points == points


def test_large_values_are_no_days() -> None:
    found = trajectory_of(unmeasured((100, 600)), [CheckIn(10, 500)])
    assert found is not None
    assert found.points == ((10, 500), (100, 600))


def states(key_result: KeyResult, *pairs: tuple[int, int]) -> tuple[TargetState, ...]:
    return target_states(key_result, [CheckIn(*pair) for pair in pairs])


def test_a_target_due_on_the_day_of_the_first_value_is_overdue_unless_it_is_met() -> None:
    missed, later = states(unmeasured((100, 40), (200, 60)), (100, 30))
    assert (missed.mode, missed.forecast) == (TargetMode.OVERDUE, Forecast(100, 0))
    assert (missed.planned_start, missed.duration) == (1, 100)
    assert (later.mode, later.planned_start) == (TargetMode.CLIMB, 101)
    met, _later = states(unmeasured((100, 40), (200, 60)), (100, 40))
    assert (met.closed_on, met.forecast) == (100, Forecast(100, None))


def test_without_a_report_a_climb_stands_at_its_baseline() -> None:
    first, second = states(
        KeyResult(UP, 0, (DatedTarget(100, 40), DatedTarget(200, 90)), baseline=10)
    )
    assert (first.position, first.remaining, first.known_on) == (0, 100, 0)
    assert (second.position, second.remaining) == (0, 200)


def test_the_last_report_is_the_knowledge_and_a_met_target_has_no_position() -> None:
    first, second = states(
        KeyResult(UP, 0, (DatedTarget(100, 40), DatedTarget(200, 90)), baseline=0),
        (20, 10), (90, 45), (120, 50),
    )  # fmt: skip
    assert (first.closed_on, first.position, first.remaining) == (90, None, 0)
    assert first.silent_on is None
    assert (second.known_on, second.silent_on) == (120, 128)
    assert (second.position, second.remaining) == (120, 80)
    own = first.own_forecasts()
    assert own is not None
    assert (own.remaining, own.is_fixed) == (0, True)
