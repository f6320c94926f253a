"""Links between items: kinds, circles, bridging over cancelled items, descendants.

Formula source: docs/delay.md, "Dependencies".
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Iterator
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
Graph = dict[K, dict[K, None]]
"""Every item with its successors, in the order of the links."""


class LinkKind(StrEnum):
    """Which end of the predecessor holds which end of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"

    @property
    def from_finish(self) -> bool:
        """Whether the predecessor's finish counts (else its start)."""
        return self in (LinkKind.FS, LinkKind.FF)


class Link(NamedTuple, Generic[K]):
    """``successor`` depends on ``predecessor``; ``lag`` in days, negative for a lead."""

    predecessor: K
    successor: K
    kind: LinkKind = LinkKind.FS
    lag: int = 0


def find_cycles(links: Iterable[Link[K]]) -> list[list[K]]:
    """One circle for each knot of circles, as its keys in link order; no two share an item.

    The shortest through the knot's item that the links name first. Empty exactly when there is
    no circle. Linear in items + links, no recursion.
    """
    graph: Graph[K] = {}
    for link in links:
        graph.setdefault(link.predecessor, {})[link.successor] = None
        graph.setdefault(link.successor, {})
    place = {key: number for number, key in enumerate(graph)}
    firsts = {min(part, key=place.__getitem__): part for part in _parts(graph)}
    return [
        _shortest(graph, firsts[first], first)
        for first in graph
        if first in firsts and (len(firsts[first]) > 1 or first in graph[first])
    ]


def _shortest(graph: Graph[K], knot: set[K], start: K) -> list[K]:
    """The shortest circle through ``start`` within a knot, breadth first."""
    came_from: dict[K, K] = {}
    waiting = deque([start])
    while start not in came_from:
        here = waiting.popleft()
        for key in graph[here]:
            if key in knot and key not in came_from:
                came_from[key] = here
                waiting.append(key)
    trail = [came_from[start]]
    while trail[-1] != start:
        trail.append(came_from[trail[-1]])
    return trail[::-1]


def _parts(graph: Graph[K]) -> list[set[K]]:
    """Strongly connected parts: every item reaches every other of its part (Tarjan)."""
    index: dict[K, int] = {}
    low: dict[K, int] = {}
    open_: dict[K, None] = {}
    parts: list[set[K]] = []

    def enter(key: K) -> tuple[K, Iterator[K]]:
        index[key] = low[key] = len(index)
        open_[key] = None
        return key, iter(graph[key])

    for root in graph:
        # A stack of our own: a long chain of links would go deeper than Python lets calls go.
        work = [] if root in index else [enter(root)]
        while work:
            item, successors = work[-1]
            for key in successors:
                if key not in index:
                    work.append(enter(key))
                    break
                if key in open_:
                    low[item] = min(low[item], index[key])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[item])
                if low[item] == index[item]:
                    parts.append(_close(item, open_))
    return parts


def _close(item: K, open_: dict[K, None]) -> set[K]:
    """The part that ``item`` was entered first of: it and all that is open since."""
    part: set[K] = set()
    while item not in part:
        part.add(open_.popitem()[0])
    return part


def bridge_cancelled(
    links: Iterable[Link[K]], cancelled: Iterable[K], unbridged: Collection[K] = ()
) -> list[Link[K]]:
    """Links without the cancelled items, finish-to-start pairs across them joined, lags added.

    ``unbridged`` are cancelled items whose user said not to bridge. Of several bridges between
    the same two items the longest lag stays.
    """
    gone = list(dict.fromkeys(cancelled))
    gone_set = set(gone)
    kept = [x for x in links if x.predecessor not in gone_set and x.successor not in gone_set]
    into: dict[Any, dict[Any, int]] = {}
    out: dict[Any, dict[Any, int]] = {}

    def connect(before: K, after: K, lag: int) -> None:
        lag = max(lag, out.get(before, {}).get(after, lag))
        out.setdefault(before, {})[after] = lag
        into.setdefault(after, {})[before] = lag

    for link in links:
        if link.kind is LinkKind.FS and not gone_set.isdisjoint((link.predecessor, link.successor)):
            connect(link.predecessor, link.successor, link.lag)
    for key in gone:
        before, after = into.pop(key, {}), out.pop(key, {})
        for item in before:
            del out[item][key]
        for item in after:
            del into[item][key]
        if key not in unbridged:
            for first, first_lag in before.items():
                for last, last_lag in after.items():
                    connect(first, last, first_lag + last_lag)
    kept += [Link(i, j, LinkKind.FS, lag) for i, row in out.items() for j, lag in row.items()]
    return kept


def descendants(changed: Iterable[K], links: Iterable[Link[K]]) -> set[K]:
    """``changed`` and everything reached from it along links: what an event can move."""
    successors: dict[K, list[K]] = {}
    for link in links:
        successors.setdefault(link.predecessor, []).append(link.successor)
    reached = set(changed)
    waiting = list(reached)
    while waiting:
        for key in successors.get(waiting.pop(), ()):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return reached
