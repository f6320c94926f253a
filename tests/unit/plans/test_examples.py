"""Proof 3: every row of the example table in docs/delay.md, and the exact edges."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import ItemFacts, ItemState, own_forecasts
from apps.plans.engine.key_results import CheckIn, DatedTarget, KeyResult, KeyResultKind
from apps.plans.engine.levels import Level, level_of
from apps.plans.engine.links import Link
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node
from apps.plans.engine.targets import TargetState, target_states
from apps.plans.engine.timeline import NextChange, level_on, upcoming

ON_PLAN, YELLOW, ORANGE, RED = Level


def task_form(**facts: int | ItemState) -> Forecast:
    own = own_forecasts(ItemFacts(planned_start=1, planned_finish=100, duration=100, **facts))  # type: ignore[arg-type]
    assert own is not None
    return own.finish


def check_row(
    forecast: Forecast | None,
    plan: tuple[int, int],
    expected: tuple[tuple[int, int], int, int, Level],
    following: Sequence[int | None],
) -> None:
    """A row: planned finish and D; (a, b), as-of day, F, level; yellow / orange / red from."""
    (a, b), as_of, forecast, level = expected
    assert forecast == Forecast(a, b)
    assert forecast is not None
    assert forecast.at(as_of) == forecast
    assert level_on(forecast, *plan, as_of) == level
    dated = [NextChange(day, lv) for day, lv in zip(following, list(Level)[1:], strict=True) if day]
    assert upcoming(forecast, *plan, as_of) == tuple(dated)


def one(states: tuple[TargetState, ...], index: int) -> TargetState:
    return states[index]


def test_task_with_nothing_reported() -> None:
    check_row(task_form(), (100, 100), ((100, 92), 1, 100, ON_PLAN), (9, 19, 39))


def test_task_a_quarter_done_on_day_40() -> None:
    forecast = task_form(known_on=40, remaining=75, started_on=1)
    check_row(forecast, (100, 100), ((115, 67), 41, 115, ORANGE), (None, None, 64))


def test_falling_key_result_exactly_30_percent_late_is_orange() -> None:
    key_result = KeyResult(KeyResultKind.DECREASE, 0, (DatedTarget(180, 5),), 8)
    (state,) = target_states(key_result, [CheckIn(90, Decimal("7.4"))])
    assert (state.position, state.remaining, state.duration) == (36, 144, 180)
    check_row(state.forecast, (180, 180), ((234, 136), 91, 234, ORANGE), (None, None, 99))


def plateau_states() -> tuple[TargetState, ...]:
    targets = (DatedTarget(100, 40), DatedTarget(200, 40), DatedTarget(300, 100))
    key_result = KeyResult(KeyResultKind.INCREASE, 0, targets, 0)
    return target_states(key_result, [CheckIn(120, 32)])


def test_rise_before_a_plateau_is_late_at_its_first_target() -> None:
    state = plateau_states()[0]
    assert (state.position, state.remaining) == (80, 20)
    check_row(state.forecast, (100, 100), ((140, 12), 121, 140, RED), (None, None, None))


def test_plateau_is_float_for_the_target_behind_it() -> None:
    state = plateau_states()[2]
    assert (state.remaining, state.planned_start, state.duration) == (120, 201, 100)
    check_row(state.forecast, (300, 100), ((300, 112), 121, 300, ON_PLAN), (189, 199, 219))


def test_binary_item() -> None:
    own = own_forecasts(ItemFacts(planned_start=61, planned_finish=90, duration=30, is_point=True))
    assert own is not None
    check_row(own.finish, (90, 30), ((90, 0), 80, 90, ON_PLAN), (91, 94, 100))


def test_binary_key_result() -> None:
    key_result = KeyResult(KeyResultKind.BINARY, 60, (DatedTarget(90),))
    (state,) = target_states(key_result, [CheckIn(70, 0)])
    assert state.duration == 30
    check_row(state.forecast, (90, 30), ((90, 0), 80, 90, ON_PLAN), (91, 94, 100))


def test_band_left_on_day_200() -> None:
    key_result = KeyResult(KeyResultKind.KEEP_WITHIN, 0, (DatedTarget(365, None, 2, 4),))
    (state,) = target_states(key_result, [CheckIn(193, 4), CheckIn(200, 5)])
    check_row(state.forecast, (365, 365), ((365, 165), 201, 366, YELLOW), (None, 237, 310))
    assert state.forecast is not None
    assert state.forecast.at(200) == 365
    assert upcoming(state.forecast, 365, 365, 200)[0] == (201, YELLOW)


def test_pause_takes_the_grace_away() -> None:
    forecast = task_form(known_on=40, remaining=75, started_on=1, state=ItemState.PAUSED)
    check_row(forecast, (100, 100), ((115, 74), 41, 115, ORANGE), (None, None, 57))


def test_worked_network() -> None:
    a = ItemFacts(
        planned_start=1, planned_finish=30, duration=30, known_on=20, remaining=18, started_on=1
    )
    b = ItemFacts(planned_start=31, planned_finish=70, duration=40)
    m = ItemFacts(planned_start=1, planned_finish=70, duration=70, is_point=True)
    nodes = []
    for key, facts in (("A", a), ("B", b), ("M", m)):
        own = own_forecasts(facts)
        assert own is not None
        nodes.append(Node(key, facts.planned_start, facts.planned_finish, own))
    solution = Network(nodes, [Link("A", "B"), Link("B", "M")]).propagate()
    check_row(solution.forecast("A"), (30, 30), ((38, 10), 21, 38, ORANGE), (None, None, 30))
    check_row(solution.forecast("B"), (70, 40), ((78, 50), 21, 78, ORANGE), (None, None, 33))
    check_row(solution.forecast("M"), (70, 70), ((78, 50), 21, 78, ORANGE), (None, None, 42))
    assert [step.key for step in solution.chain("M", 21)] == ["B", "A"]
    assert solution.root("M", 21) == "A"


@pytest.mark.parametrize(
    ("delay", "duration", "level"),
    [
        (-5, 100, ON_PLAN),
        (0, 100, ON_PLAN),
        (1, 100, YELLOW),
        (10, 100, YELLOW),
        (11, 100, ORANGE),
        (30, 100, ORANGE),
        (31, 100, RED),
        (1, 11, YELLOW),
        (1, 10, YELLOW),
        (1, 9, ORANGE),
        (3, 10, ORANGE),
        (1, 3, RED),
        (0, 1, ON_PLAN),
        (1, 1, RED),
        (10**17 * 3, 10**18, ORANGE),
        (10**17 * 3 + 1, 10**18, RED),
    ],
)
def test_edges_are_exact(delay: int, duration: int, level: Level) -> None:
    assert level_of(delay, duration) is level


def test_one_day_task_turns_red_at_once() -> None:
    own = own_forecasts(ItemFacts(planned_start=5, planned_finish=5, duration=1, grace=0))
    assert own is not None
    assert own.finish == Forecast(5, 0)
    assert upcoming(own.finish, 5, 1, 4) == ((6, RED),)


def test_minimum_reference_duration_softens_a_one_day_task() -> None:
    assert upcoming(Forecast(5, 0), 5, 1, 4, 10) == ((6, YELLOW), (7, ORANGE), (9, RED))


def test_zero_length_milestone_on_the_first_day() -> None:
    own = own_forecasts(ItemFacts(planned_start=1, planned_finish=1, duration=1, is_point=True))
    assert own is not None
    assert level_on(own.finish, 1, 1, 1) is ON_PLAN
    assert upcoming(own.finish, 1, 1, 0) == ((2, RED),)
