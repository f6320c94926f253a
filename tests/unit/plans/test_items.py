"""Own forecasts of every item state."""

from dataclasses import replace

import pytest

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import ItemFacts, ItemState, knowledge, own_forecasts, silent_day

TASK = ItemFacts(planned_start=11, planned_finish=30, duration=20)
POINT = ItemFacts(planned_start=11, planned_finish=30, duration=20, is_point=True)


def test_before_any_check_in_the_plan_is_the_knowledge() -> None:
    own = own_forecasts(TASK)
    assert own is not None
    assert knowledge(TASK) == (10, 20)
    assert own.finish == Forecast(30, 12)
    assert own.start == Forecast(11, -7)
    assert not own.has_started


def test_check_in_before_the_start_does_not_move_it_forward() -> None:
    assert knowledge(replace(TASK, known_on=3, remaining=20)) == (10, 20)
    assert knowledge(replace(TASK, known_on=3, remaining=18, started_on=2)) == (3, 18)
    assert knowledge(replace(TASK, known_on=15, remaining=20)) == (15, 20)


def test_started_task_has_a_constant_start() -> None:
    own = own_forecasts(replace(TASK, known_on=15, remaining=17, started_on=12))
    assert own is not None
    assert (own.finish, own.start, own.has_started) == (Forecast(32, 9), Forecast(12, None), True)


def test_everything_reported_done_but_not_finished_slips_daily() -> None:
    own = own_forecasts(replace(TASK, known_on=25, remaining=0, started_on=11))
    assert own is not None
    assert own.finish == Forecast(25, 0)


def test_paused_before_the_start_waits_day_by_day() -> None:
    own = own_forecasts(replace(TASK, state=ItemState.PAUSED))
    assert own is not None
    assert (own.finish, own.start) == (Forecast(30, 19), Forecast(11, 0))


def test_pause_of_finished_work_gives_no_negative_slope() -> None:
    own = own_forecasts(replace(TASK, known_on=25, remaining=0, state=ItemState.PAUSED))
    assert own is not None
    assert own.finish.b == 0


def test_resuming_moves_the_knowledge_to_the_day_before() -> None:
    resumed = replace(TASK, known_on=15, remaining=17, started_on=11, resumed_on=20)
    assert knowledge(resumed) == (19, 17)
    assert knowledge(replace(resumed, known_on=24)) == (24, 17)
    assert knowledge(replace(TASK, resumed_on=5)) == (10, 20)


def test_finished_items_are_fixed() -> None:
    own = own_forecasts(replace(TASK, state=ItemState.FINISHED, finished_on=28, started_on=12))
    assert own is not None
    assert (own.finish, own.start, own.is_fixed) == (Forecast(28, None), Forecast(12, None), True)
    unknown_start = own_forecasts(replace(TASK, state=ItemState.FINISHED, finished_on=8))
    assert unknown_start is not None
    assert unknown_start.start == Forecast(8, None)


def test_point_has_one_day() -> None:
    own = own_forecasts(replace(POINT, declared_finish=33))
    assert own is not None
    assert own.finish == own.start == Forecast(33, 0)
    done = own_forecasts(replace(POINT, state=ItemState.FINISHED, finished_on=29))
    assert done is not None
    assert done.finish == done.start == Forecast(29, None)


def test_cancelled_items_have_no_forms() -> None:
    assert own_forecasts(replace(TASK, state=ItemState.CANCELLED)) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (TASK, 18),
        (replace(TASK, known_on=20, remaining=9, started_on=11), 28),
        (POINT, None),
        (replace(TASK, state=ItemState.PAUSED), None),
        (replace(TASK, state=ItemState.FINISHED, finished_on=20), None),
    ],
)
def test_first_silent_day(facts: ItemFacts, expected: int | None) -> None:
    assert silent_day(facts) == expected
