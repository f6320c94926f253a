"""Who drives whom, against the definition: the first of the longest pushes, own work on a tie."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import ItemFacts, ItemState, own_forecasts
from apps.plans.engine.links import Link, LinkKind
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node, fixed, pushes
from apps.plans.engine.solution import Solution

Nodes = list[Node[int]]
Links = list[Link[int]]
DAYS = (-50, 0, 15, 30, 60, 10**6)


@st.composite
def items(draw: st.DrawFn, key: int) -> Node[int]:
    start, length = draw(st.integers(1, 30)), draw(st.integers(0, 20))
    started = draw(st.none() | st.integers(1, 30))
    facts = ItemFacts(
        planned_start=start,
        planned_finish=start + length,
        duration=length + 1,
        grace=draw(st.integers(0, 9)),
        is_point=draw(st.booleans()),
        state=draw(st.sampled_from([ItemState.OPEN, ItemState.PAUSED])),
        known_on=draw(st.none() | st.integers(1, 40)),
        remaining=draw(st.integers(0, 12)),
        started_on=started,
        finished_on=draw(st.sampled_from([None, None, None, 25])),
    )
    own = own_forecasts(facts)
    assert own is not None
    return Node(key, start, start + length, own)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Nodes, Links]:
    """A few items, and links that run up in a hidden order but are told in any."""
    count = draw(st.integers(2, 7))
    keys = draw(st.permutations(range(count)))
    pairs = [(keys[i], keys[j]) for i in range(count) for j in range(i + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12))
    links = [
        Link(i, j, draw(st.sampled_from(LinkKind)), draw(st.integers(-4, 4))) for i, j in chosen
    ]
    return [draw(items(key)) for key in range(count)], links


def pushed(
    solution: Solution[int], nodes: Nodes, links: Links, key: int
) -> Iterator[tuple[Link[int], Forecast, int]]:
    """Every push on an item's finish: link, forecast of the end that it comes from, weight."""
    for link in links:
        if link.successor == key:
            before = solution.forecast if link.kind.from_finish else solution.start
            for is_start, weight in pushes(link, nodes[link.predecessor], nodes[key]):
                if not is_start:
                    yield link, before(link.predecessor), weight


@settings(deadline=None)
@given(plans(), st.sampled_from(DAYS))
def test_the_driver_is_the_first_of_the_longest_pushes(plan: tuple[Nodes, Links], day: int) -> None:
    nodes, links = plan
    solution = Network(nodes, links).propagate()
    for key, node in enumerate(nodes):
        forecast, own = solution.forecast(key), node.own.finish
        found = list(pushed(solution, nodes, links, key))
        is_fixed_part = forecast.b is None or forecast.a >= day + forecast.b
        if is_fixed_part:
            best, reached = own.a, [(link, end.a + weight) for link, end, weight in found]
            assert forecast.a == max([best, *(value for _link, value in reached)])
        else:
            best = -(10**9) if own.b is None else own.b
            reached = [(link, end.b + weight) for link, end, weight in found if end.b is not None]
            assert forecast.b == max([best, *(value for _link, value in reached)])
        driver = None
        for link, value in reached:
            if value > best:
                best, driver = value, link
        shown = solution.driver(key, day)
        assert (None if shown is None else shown.link) == driver
        assert shown is None or shown.key == shown.link.predecessor


@settings(deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_in_which_links_and_items_are_told_changes_no_forecast(
    plan: tuple[Nodes, Links], luck: random.Random
) -> None:
    nodes, links = plan
    told = Network(nodes, links).propagate().forecasts()
    luck.shuffle(nodes)
    luck.shuffle(links)
    assert Network(nodes, links).propagate().forecasts() == told


@settings(deadline=None)
@given(plans(), st.sampled_from(DAYS))
def test_chain_root_and_all_at_once_say_the_same(plan: tuple[Nodes, Links], day: int) -> None:
    nodes, links = plan
    solution = Network(nodes, links).propagate()
    for key, (driver, root) in solution.drivers_and_roots(day).items():
        first = solution.driver(key, day)
        assert driver == (None if first is None else first.key)
        chain = solution.chain(key, day)
        assert chain[:1] == (() if first is None else (first,))
        assert root == solution.root(key, day) == (chain[-1].key if chain else key)


@pytest.mark.parametrize(("day", "driver"), [(19, "far"), (20, "far"), (21, "slow")])
def test_on_a_tie_of_both_parts_the_fixed_one_drives(day: int, driver: str) -> None:
    far = fixed("far", 1, 10, Forecast(30, 0), Forecast(1, None))
    slow = fixed("slow", 1, 10, Forecast(12, 10), Forecast(1, None))
    own = own_forecasts(ItemFacts(planned_start=11, planned_finish=11, duration=1, is_point=True))
    assert own is not None
    after = Node("after", 11, 11, own)
    links = [Link("far", "after"), Link("slow", "after")]
    found = Network([far, slow, after], links).propagate().driver("after", day)
    assert found is not None
    assert found.key == driver
