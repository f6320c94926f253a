"""The tree of a plan as one walk: WBS codes, the order of all things, and where branches end.

Phases stand on top, by number. Below one parent come its tasks, then its packages, then (below a
phase) its milestones: so a task stands right below the heading it belongs to. Within a kind the
position decides, then the id.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple


class Rank(IntEnum):
    """Kinds of things in the tree, in the order of children below one parent."""

    PHASE = 0
    TASK = 1
    PACKAGE = 2
    MILESTONE = 3


Key = tuple[Rank, int]
"""A thing of the tree: its kind and its id."""


class Node(NamedTuple):
    """What hangs in the tree: ``position`` orders those of a kind below one parent."""

    key: Key
    parent: Key
    position: int


class Spot(NamedTuple):
    """What follows from where a thing hangs. Its branch is all from ``outline`` to ``last``;
    ``milestone`` and ``phase`` are the ids of those it hangs below, itself not counted.
    """

    code: str
    outline: int
    last: int
    milestone: int | None
    phase: int


def outline(phases: Mapping[int, int], nodes: Iterable[Node]) -> dict[Key, Spot]:
    """The spot of every node that hangs below a phase; ``phases`` are numbers by id."""
    below: dict[Key, list[Key]] = defaultdict(list)
    for node in sorted(nodes, key=lambda node: (node.key[0], node.position, node.key[1])):
        below[node.parent].append(node.key)
    spots: dict[Key, Spot] = {}
    # A stack of its own instead of recursion: branches may be deeper than Python's stack.
    waiting: list[tuple[Key, str, int | None, int]] = [
        ((Rank.PHASE, pk), str(number), None, pk)
        for pk, number in sorted(phases.items(), key=lambda pair: -pair[1])
    ]
    while waiting:
        key, code, milestone, phase = waiting.pop()
        spots[key] = Spot(code, len(spots), len(spots), milestone, phase)
        above = key[1] if key[0] is Rank.MILESTONE else milestone
        children = enumerate(below[key], start=1)
        waiting += [(child, f"{code}.{n}", above, phase) for n, child in children][::-1]
    for key in reversed(spots):
        if below[key]:
            spots[key] = spots[key]._replace(last=spots[below[key][-1]].last)
    return {key: spot for key, spot in spots.items() if key[0] is not Rank.PHASE}


def is_within(pk: int, branch: int, parents: Mapping[int, int | None]) -> bool:
    """Whether a package is another one or hangs below it; ``parents`` are those of packages."""
    above: int | None = pk
    while above is not None and above != branch:
        above = parents[above]
    return above == branch
