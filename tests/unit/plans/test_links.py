"""Circles, bridges and descendants."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.links import (
    Link,
    LinkKind,
    bridge_cancelled,
    descendants,
    find_cycles,
)

FS, SS = LinkKind.FS, LinkKind.SS
edges = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)


def reach(links: list[Link[int]], start: int) -> set[int]:
    """Items reached over at least one link, by closure."""
    found: set[int] = set()
    grown = {link.successor for link in links if link.predecessor == start}
    while grown - found:
        found |= grown
        grown = {link.successor for link in links if link.predecessor in found}
    return found


def test_a_link_that_says_no_more_is_finish_to_start_without_lag() -> None:
    assert Link("a", "b") == ("a", "b", FS, 0)


@given(edges)
def test_cycles_are_real_and_found_when_there_are_any(pairs: list[tuple[int, int]]) -> None:
    links = [Link(i, j) for i, j in pairs]
    cycles = find_cycles(links)
    for cycle in cycles:
        for pair in pairwise([*cycle, cycle[0]]):
            assert pair in pairs
    keys = [key for cycle in cycles for key in cycle]
    assert len(keys) == len(set(keys))
    on_a_circle = any(i in reach(links, i) for i in range(8))
    assert bool(cycles) == on_a_circle


def test_cycles_are_named_in_link_order() -> None:
    links = [Link("a", "b"), Link("b", "c"), Link("c", "a"), Link("d", "d"), Link("c", "d")]
    assert find_cycles(links) == [["a", "b", "c"], ["d"]]


def test_a_second_circle_through_named_items_is_not_repeated() -> None:
    assert find_cycles([Link(1, 2), Link(2, 1), Link(2, 3), Link(3, 1)]) == [[1, 2]]


def test_the_circle_of_a_knot_is_its_shortest() -> None:
    links = [Link(1, 2), Link(2, 3), Link(3, 1), Link(2, 1), Link(7, 8), Link(8, 9), Link(9, 7)]
    assert find_cycles([*links, Link(9, 1), Link(7, 9)]) == [[1, 2], [7, 9]]


def test_a_long_chain_needs_no_recursion() -> None:
    links = [Link(i, i + 1) for i in range(20_000)]
    assert find_cycles(links) == []
    assert len(find_cycles([*links, Link(20_000, 0)])[0]) == 20_001
    assert find_cycles([*links, *(Link(i, 0) for i in range(1, 20_000))]) == [[0, 1]]


@given(edges, st.sets(st.integers(0, 7)))
def test_descendants_are_everything_reached(
    pairs: list[tuple[int, int]], changed: set[int]
) -> None:
    links = [Link(i, j) for i, j in pairs]
    expected = set(changed).union(*(reach(links, key) for key in changed))
    assert descendants(changed, links) == expected


def test_bridge_adds_the_lags_over_a_chain_of_cancelled_items() -> None:
    links = [Link(1, 2, FS, 3), Link(2, 3, FS, -1), Link(3, 4, FS, 5), Link(1, 4, SS, 2)]
    expected = [Link(1, 4, SS, 2), Link(1, 4, FS, 7)]
    assert bridge_cancelled(links, [2, 3]) == expected
    assert bridge_cancelled(links, [3, 2]) == expected


def test_of_several_bridges_the_longest_lag_stays() -> None:
    links = [Link(1, 2, FS, 1), Link(1, 3, FS, 4), Link(2, 5, FS, 0), Link(3, 5, FS, 0)]
    assert bridge_cancelled(links, [2, 3]) == [Link(1, 5, FS, 4)]
    assert bridge_cancelled(links, [3, 2]) == [Link(1, 5, FS, 4)]


def test_no_bridge_when_the_user_says_no() -> None:
    links = [Link(1, 2), Link(2, 3)]
    assert bridge_cancelled(links, [2], unbridged=[2]) == []


@pytest.mark.parametrize("kind", [LinkKind.SS, LinkKind.FF, LinkKind.SF])
def test_only_finish_to_start_links_are_bridged(kind: LinkKind) -> None:
    assert bridge_cancelled([Link(1, 2, kind), Link(2, 3)], [2]) == []


@given(edges)
def test_nothing_cancelled_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    links = [Link(i, j) for i, j in pairs]
    assert bridge_cancelled(links, []) == links
