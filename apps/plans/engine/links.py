"""Links between items: kinds, circles, bridging over cancelled items, descendants.

Formula source: docs/delay.md, "Dependencies".
"""

from collections.abc import Collection, Hashable, Iterable
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


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
    """Circles in the links, each as its keys in link order; no two share an item.

    Empty exactly when there is no circle. Depth-first search with its own stack.
    """
    successors: dict[K, list[K]] = {}
    for link in links:
        successors.setdefault(link.predecessor, []).append(link.successor)
        successors.setdefault(link.successor, [])
    cycles: list[list[K]] = []
    named: set[K] = set()
    done: set[K] = set()
    for start in successors:
        if start not in done:
            _search_cycles(start, successors, done, named, cycles)
    return cycles


def _search_cycles(
    start: K,
    successors: dict[K, list[K]],
    done: set[K],
    named: set[K],
    cycles: list[list[K]],
) -> None:
    path: list[K] = [start]
    place: dict[K, int] = {start: 0}
    waiting = [iter(successors[start])]
    while waiting:
        key = next(waiting[-1], None)
        if key is None:
            waiting.pop()
            left = path.pop()
            del place[left]
            done.add(left)
        elif key in place:
            cycle = path[place[key] :]
            if named.isdisjoint(cycle):
                named.update(cycle)
                cycles.append(cycle)
        elif key not in done:
            place[key] = len(path)
            path.append(key)
            waiting.append(iter(successors[key]))


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
        if link.kind is LinkKind.FS and not gone_set.isdisjoint(link[:2]):
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
