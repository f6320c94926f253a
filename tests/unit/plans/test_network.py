"""Propagation: pushes of each link kind, drivers, roots, refusals."""

import random

import pytest

from apps.plans.engine.errors import CycleError, NetworkError
from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import ItemFacts, own_forecasts
from apps.plans.engine.links import Link, LinkKind
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node, capped_lag, fixed


def node(key: str, start: int, finish: int, **facts: int) -> Node[str]:
    own = own_forecasts(
        ItemFacts(
            planned_start=start,
            planned_finish=finish,
            duration=finish - start + 1,
            **facts,  # type: ignore[arg-type]
        )
    )
    assert own is not None
    return Node(key, start, finish, own)


LATE = node("late", 1, 10, known_on=10, remaining=5, started_on=4, grace=0)


@pytest.mark.parametrize(
    ("kind", "lag", "finish", "start"),
    [
        (LinkKind.FS, 0, 25, 16),
        (LinkKind.FS, -2, 23, 14),
        (LinkKind.FS, 50, 25, 16),
        (LinkKind.FF, 10, 25, 11),
        (LinkKind.SS, 10, 23, 14),
        (LinkKind.SF, 19, 23, 11),
    ],
)
def test_push_on_a_task_not_started(kind: LinkKind, lag: int, finish: int, start: int) -> None:
    """The predecessor finishes 5 days late (day 15) and started 3 days late (day 4)."""
    link = Link("late", "next", kind, lag)
    solution = Network([LATE, node("next", 11, 20)], [link]).propagate()
    assert solution.forecast("next").a == finish
    assert solution.start("next").a == start


@pytest.mark.parametrize(
    ("kind", "finish"),
    [(LinkKind.FS, 22), (LinkKind.SS, 20), (LinkKind.FF, 25), (LinkKind.SF, 23)],
)
def test_push_on_a_started_task(kind: LinkKind, finish: int) -> None:
    started = node("next", 11, 20, known_on=13, remaining=7, started_on=11)
    solution = Network([LATE, started], [Link("late", "next", kind, 99)]).propagate()
    assert solution.forecast("next").a == finish
    assert solution.start("next") == Forecast(11, None)


@pytest.mark.parametrize(
    ("kind", "due"),
    [(LinkKind.FS, 25), (LinkKind.SS, 23), (LinkKind.FF, 25), (LinkKind.SF, 23)],
)
def test_push_on_a_milestone(kind: LinkKind, due: int) -> None:
    milestone = node("next", 1, 20, is_point=True)
    solution = Network([LATE, milestone], [Link("late", "next", kind, 99)]).propagate()
    assert solution.forecast("next").a == due
    assert solution.start("next") == solution.forecast("next")


def test_finished_items_are_not_pushed_but_push() -> None:
    done = node("done", 11, 20, finished_on=13)
    after = node("after", 21, 30)
    links = [Link("late", "done"), Link("done", "after", LinkKind.FS, 99)]
    solution = Network([LATE, done, after], links).propagate()
    assert solution.forecast("done") == Forecast(13, None)
    assert solution.driver("after", 1) is None


def test_start_of_a_milestone_is_its_day_when_lags_are_capped() -> None:
    milestone, task = node("m", 1, 20, is_point=True), node("t", 25, 30)
    assert capped_lag(Link("m", "t", LinkKind.SS, 99), milestone, task) == 5
    assert capped_lag(Link("m", "t", LinkKind.FS, 99), milestone, task) == 4
    assert capped_lag(Link("t", "m", LinkKind.SS, 99), task, milestone) == -5


def test_driver_changes_with_the_part_that_dominates() -> None:
    stuck = node("stuck", 1, 40, known_on=20, remaining=20, started_on=1)
    slow = node("slow", 1, 10, known_on=55, remaining=5, started_on=1)
    links = [Link("stuck", "next"), Link("slow", "next")]
    solution = Network([stuck, slow, node("next", 41, 50)], links).propagate()
    driver = solution.driver("next", 20)
    assert driver is not None
    assert (driver.key, driver.link) == ("slow", links[1])
    assert solution.root("next", 100) == "stuck"
    assert solution.root("stuck", 100) == "stuck"


def test_known_forms_push_from_outside_a_partial_recompute() -> None:
    outside = fixed("late", 1, 10, Forecast(15, 4), Forecast(4, None))
    after = node("next", 11, 20)
    links = [Link("late", "next")]
    whole, part = (
        Network([first, after], links).propagate().forecasts() for first in (LATE, outside)
    )
    assert part["next"] == whole["next"]


def test_drivers_and_roots_of_all_equal_those_asked_one_by_one() -> None:
    rng = random.Random(7)
    nodes = []
    for i in range(60):
        start = rng.randint(1, 60)
        known_on, remaining = rng.randint(1, 80), rng.randint(0, 40)
        is_point = rng.random() < 0.2
        nodes.append(
            node(
                str(i), start, start + 20, known_on=known_on, remaining=remaining, is_point=is_point
            )
        )
    links = []
    for _ in range(120):
        i, j = sorted(rng.sample(range(60), 2))
        links.append(Link(str(i), str(j), rng.choice(list(LinkKind)), rng.randint(-3, 3)))
    solution = Network(nodes, links).propagate()
    pushed = 0
    for day in (1, 50, 120, 10**9):
        for key, (driver, root) in solution.drivers_and_roots(day).items():
            found = solution.driver(key, day)
            assert driver == (None if found is None else found.key)
            assert root == solution.root(key, day)
            pushed += driver is not None
    assert pushed > 20


def test_circles_are_refused_by_name() -> None:
    nodes = [node(key, 1, 5) for key in "abc"]
    links = [Link("a", "b"), Link("b", "a"), Link("c", "c")]
    with pytest.raises(CycleError, match=r"a -> b -> a; c -> c") as refusal:
        Network(nodes, links)
    assert refusal.value.cycles == [["a", "b"], ["c"]]
    assert refusal.value.code == "network.cycle"


def test_unknown_and_double_keys_are_refused() -> None:
    with pytest.raises(NetworkError, match="names b, which is not an item"):
        Network([node("a", 1, 5)], [Link("a", "b")])
    with pytest.raises(NetworkError, match="same key"):
        Network([node("a", 1, 5), node("a", 2, 5)], [])


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    nodes = [node(str(i), 1 + 2 * i, 2 + 2 * i) for i in range(5000)]
    nodes[0] = node("0", 1, 2, known_on=5, remaining=2, started_on=1)
    links = [Link(str(i), str(i + 1)) for i in range(4999)]
    solution = Network(nodes, links).propagate()
    assert solution.forecast("4999").a == 10_000 + 5
    assert solution.root("4999", 6) == "0"
    assert solution.drivers_and_roots(6)["4999"] == ("4998", "0")


def test_an_empty_network_has_no_forms() -> None:
    assert Network[str]([], []).propagate().forecasts() == {}
