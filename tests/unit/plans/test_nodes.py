"""What the network is told of an item, whole: points, finished work, what is known already."""

from dataclasses import replace

import pytest

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import ItemFacts, ItemState, OwnForms, own_forecasts
from apps.plans.engine.links import Link, find_cycles
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node, fixed

TASK = ItemFacts(planned_start=11, planned_finish=30, duration=20)
DUE, DONE = Forecast(30, 0), Forecast(28, None)


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        (replace(TASK, is_point=True), OwnForms(DUE, DUE, 0, False, True, False)),
        (
            replace(TASK, is_point=True, state=ItemState.FINISHED, finished_on=28),
            OwnForms(DONE, DONE, 0, True, True, True),
        ),
        (
            replace(TASK, state=ItemState.FINISHED, finished_on=28, started_on=12),
            OwnForms(DONE, Forecast(12, None), 0, True, False, True),
        ),
        (TASK, OwnForms(Forecast(30, 12), Forecast(11, -7), 20, False, False, False)),
        (
            replace(TASK, known_on=15, remaining=17, started_on=12),
            OwnForms(Forecast(32, 9), Forecast(12, None), 17, True, False, False),
        ),
    ],
)
def test_own_forecasts(facts: ItemFacts, own: OwnForms) -> None:
    assert own_forecasts(facts) == own


def test_what_is_known_already_pushes_and_is_not_pushed() -> None:
    finish, start = Forecast(15, 4), Forecast(4, None)
    known = fixed("known", 1, 10, finish, start)
    assert known == Node("known", 1, 10, OwnForms(finish, start, 0, True, False, True))
    point = fixed("point", 10, 10, finish, finish, is_point=True)
    assert point.own.is_point
    late = fixed("late", 1, 5, Forecast(90, 80), start)
    solution = Network([late, known], [Link("late", "known")]).propagate()
    assert solution.forecast("known") == finish
    assert solution.driver("known", 100) is None


def test_a_link_without_more_is_finish_to_start_at_once() -> None:
    assert Link(1, 2) == (1, 2, "FS", 0)


def test_a_circle_is_told_from_the_item_that_the_links_name_first() -> None:
    assert find_cycles([Link(2, 1), Link(1, 2)]) == [[2, 1]]
    assert find_cycles([Link("b", "c"), Link("c", "a"), Link("a", "b")]) == [["b", "c", "a"]]
