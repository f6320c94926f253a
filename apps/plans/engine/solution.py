"""The result of the two passes: forecasts of every item, and who drives whom."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.links import Link
from apps.plans.engine.nodes import Node

K = TypeVar("K", bound=Hashable)
NONE = -(1 << 60)
"""Stands for "b is none" inside the passes; anything below half of it is none."""


class Arcs(NamedTuple):
    """Arcs grouped by target event, groups in topological order (compressed rows).

    The arcs into an event end before ``ends[event]`` and begin where the group before ends; an arc
    is a source event, a weight in days and the index of its link.
    """

    ends: dict[int, int]
    source: list[int]
    weight: list[int]
    link: list[int]


class Pass(NamedTuple):
    """One pass: longest value of each event and its winning arc (-1: its own forecast)."""

    value: list[int]
    winner: list[int]


@dataclass(frozen=True, slots=True)
class Layout(Generic[K]):
    """Items and links laid out for the passes. Event i is item i's finish, n + i its start."""

    nodes: Sequence[Node[K]]
    links: Sequence[Link[K]]
    index: dict[K, int]
    order: list[int]
    start_event: list[int]
    arcs: Arcs


class Driver(NamedTuple, Generic[K]):
    """The link that gives an item's forecast, and the item it comes from."""

    key: K
    link: Link[K]


class Solution(Generic[K]):
    """Forecasts after propagation, and who drives whom."""

    def __init__(self, plan: Layout[K], part_a: Pass, part_b: Pass) -> None:
        self._plan = plan
        self._size = len(plan.nodes)
        self._a, self._arc_a = part_a
        self._b, self._arc_b = part_b

    def forecast(self, key: K) -> Forecast:
        """Finish forecast of an item."""
        return self._forecast(self._plan.index[key])

    def start(self, key: K) -> Forecast:
        """Start forecast of an item (a point's start is its finish)."""
        return self._forecast(self._plan.start_event[self._plan.index[key]])

    def forecasts(self) -> dict[K, tuple[Forecast, Forecast]]:
        """(finish forecast, start forecast) of every item."""
        return {key: (self.forecast(key), self.start(key)) for key in self._plan.index}

    def driver(self, key: K, day: int) -> Driver[K] | None:
        """The predecessor whose push is the forecast on the morning of ``day``; None: its own."""
        arc = self._winner(self._plan.index[key], day)
        return None if arc < 0 else self._driver(arc)

    def chain(self, key: K, day: int) -> tuple[Driver[K], ...]:
        """Drivers from the item's own back to the root; empty when it drives itself."""
        chain: list[Driver[K]] = []
        event = self._plan.index[key]
        arc = self._winner(event, day)
        while arc >= 0:
            chain.append(self._driver(arc))
            event = self._plan.arcs.source[arc]
            arc = self._winner(event, day)
        return tuple(chain)

    def root(self, key: K, day: int) -> K:
        """The item at the end of the driver chain: itself when nothing pushes it."""
        chain = self.chain(key, day)
        return chain[-1].key if chain else key

    def drivers_and_roots(self, day: int) -> dict[K, tuple[K | None, K]]:
        """(driver or None, root) of every item on ``day``, in one linear pass."""
        nodes, size = self._plan.nodes, self._size
        source = self._plan.arcs.source
        root = [*range(size), *range(size)]
        result: dict[K, tuple[K | None, K]] = {}
        for item in self._plan.order:
            for event in (item, size + item):
                arc = self._winner(event, day)
                if arc >= 0:
                    root[event] = root[source[arc]]
            arc = self._winner(item, day)
            driver = None if arc < 0 else nodes[source[arc] % size].key
            result[nodes[item].key] = (driver, nodes[root[item]].key)
        return result

    def _forecast(self, event: int) -> Forecast:
        b = self._b[event]
        return Forecast(self._a[event], None if b < NONE // 2 else b)

    def _winner(self, event: int, day: int) -> int:
        """Winning arc of the part that gives the forecast on ``day``; a wins a tie."""
        if self._a[event] >= day + self._b[event]:
            return self._arc_a[event]
        return self._arc_b[event]

    def _driver(self, arc: int) -> Driver[K]:
        arcs = self._plan.arcs
        key = self._plan.nodes[arcs.source[arc] % self._size].key
        return Driver(key, self._plan.links[arcs.link[arc]])
