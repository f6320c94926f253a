"""Lateness along dependencies: two longest-path passes, one for a and one for b.

Every item is two events, its start and its finish (one event for a point). Every link becomes
one or two arcs "event >= other event + weight". An item with none of its own b keeps b None
unless a predecessor has one. Linear in items + links, no recursion.
Formula source: docs/delay.md, "Dependencies".
"""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from apps.plans.engine.errors import CycleError, NetworkError, gettext_noop
from apps.plans.engine.links import Link, find_cycles
from apps.plans.engine.nodes import Node, pushes
from apps.plans.engine.solution import NONE, Arcs, Layout, Pass, Solution

K = TypeVar("K", bound=Hashable)


class Network(Generic[K]):
    """Items and links, ordered. Raises NetworkError (unknown or double key), CycleError."""

    def __init__(self, nodes: Sequence[Node[K]], links: Sequence[Link[K]]) -> None:
        self.nodes = nodes
        self.links = links
        self.index = {node.key: i for i, node in enumerate(nodes)}
        if len(self.index) != len(nodes):
            raise NetworkError("network.double_key", gettext_noop("Two items have the same key."))
        self._ends = [self._end_indexes(link) for link in links]
        self.order = self._topological_order()
        size = len(nodes)
        self._start_event = [i if node.own.is_point else size + i for i, node in enumerate(nodes)]
        self._arcs = self._build_arcs()
        finishes = [node.own.finish for node in nodes]
        starts = [node.own.start for node in nodes]
        self._own_a = [form.a for form in finishes] + [form.a for form in starts]
        self._own_b = [NONE if form.b is None else form.b for form in finishes]
        self._own_b += [NONE if form.b is None else form.b for form in starts]

    def propagate(self) -> Solution[K]:
        """The two passes: forms of every start and finish, and the link that gives each."""
        layout = Layout(
            self.nodes, self.links, self.index, self.order, self._start_event, self._arcs
        )
        return Solution(layout, self._longest_paths(self._own_a), self._longest_paths(self._own_b))

    def _longest_paths(self, own: list[int]) -> Pass:
        """One pass: the longest value of every event, sources first."""
        value = own.copy()
        winner = [-1] * len(value)
        ends, source, weight, _ = self._arcs
        begin = 0
        for event, end in ends.items():
            best = value[event]
            for arc in range(begin, end):
                pushed = value[source[arc]] + weight[arc]
                if pushed > best:
                    best = pushed
                    winner[event] = arc
            value[event] = best
            begin = end
        return Pass(value, winner)

    def _end_indexes(self, link: Link[K]) -> tuple[int, int]:
        try:
            return self.index[link.predecessor], self.index[link.successor]
        except KeyError as missing:
            raise NetworkError(
                "network.unknown_key",
                gettext_noop("A link names %(key)s, which is not an item."),
                {"key": str(missing.args[0])},
            ) from None

    def _topological_order(self) -> list[int]:
        size = len(self.nodes)
        waiting = [0] * size
        successors: list[list[int]] = [[] for _ in range(size)]
        for before, after in self._ends:
            successors[before].append(after)
            waiting[after] += 1
        order = [i for i in range(size) if not waiting[i]]
        for item in order:
            for after in successors[item]:
                waiting[after] -= 1
                if not waiting[after]:
                    order.append(after)
        if len(order) != size:
            raise CycleError(find_cycles(self.links))
        return order

    def _build_arcs(self) -> Arcs:
        targets: list[int] = []
        sources: list[int] = []
        weights: list[int] = []
        origin: list[int] = []
        for number, link in enumerate(self.links):
            before, after = self._ends[number]
            source = before if link.kind.from_finish else self._start_event[before]
            for is_start, weight in pushes(link, self.nodes[before], self.nodes[after]):
                targets.append(self._start_event[after] if is_start else after)
                sources.append(source)
                weights.append(weight)
                origin.append(number)
        size = len(self.nodes)
        events = (event for item in self.order for event in (item, size + item))
        rank = {event: place for place, event in enumerate(events)}
        places = [rank[target] for target in targets]
        by_place = sorted(range(len(places)), key=places.__getitem__)
        # the end of the last arc into an event is what stays
        ends = {targets[arc]: end for end, arc in enumerate(by_place, start=1)}
        return Arcs(
            ends,
            [sources[arc] for arc in by_place],
            [weights[arc] for arc in by_place],
            [origin[arc] for arc in by_place],
        )
