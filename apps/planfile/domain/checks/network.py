"""Links join two different things once, and never run in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from apps.planfile.domain.checks.shares import share_links
from apps.planfile.domain.problems import Code, Place, Problem
from apps.planfile.domain.reading import Entry
from apps.planfile.domain.words import LinkKind

Graph = dict[str, dict[str, Place]]
"""Predecessor to successors, each with the place of the link."""


def check_network(root: Entry) -> Iterator[Problem]:
    """Links to self, doubled links, and one named cycle for every knot of cycles."""
    graph: Graph = {}
    seen: dict[tuple[str, str, LinkKind], Place] = {}
    for link in root.children("links"):
        first, second = link.get("from"), link.get("to")
        if first is None or second is None:
            continue
        if first == second:
            yield Problem.at(link.at("to"), Code.LINK_TO_SELF, key=first)
            continue
        kind = link.get("kind") or LinkKind.FS
        if (first, second, kind) in seen:
            line = seen[first, second, kind].line
            yield Problem.at(link.place, Code.LINK_TWICE, first=first, second=second, line=line)
            continue
        seen[first, second, kind] = link.place
        graph.setdefault(first, {})[second] = link.place
    for task in root.children("tasks"):
        key, milestone = task.get("key"), task.get("milestone")
        if key is not None and milestone is not None:
            graph.setdefault(key, {}).setdefault(milestone, task.at("milestone"))
    for first, second, place in share_links(root):
        graph.setdefault(first, {}).setdefault(second, place)
    for cycle in find_cycles(graph):
        place = graph[cycle[-1]][cycle[0]]
        yield Problem.at(place, Code.CYCLE, keys=" → ".join([*cycle, cycle[0]]))


def find_cycles(graph: Graph) -> list[list[str]]:
    """One cycle, its keys in link order, for each strongly connected part of the graph."""
    return [_walk(graph, part) for part in _parts(graph) if len(part) > 1]


def _walk(graph: Graph, part: set[str]) -> list[str]:
    """The shortest cycle through the least key of the part, breadth first."""
    start = min(part)
    came_from: dict[str, str] = {}
    queue = deque([start])
    while start not in came_from:
        here = queue.popleft()
        for key in graph[here]:
            if key in part and key not in came_from:
                came_from[key] = here
                queue.append(key)
    trail = [came_from[start]]
    while trail[-1] != start:
        trail.append(came_from[trail[-1]])
    return trail[::-1]


def _parts(graph: Graph) -> list[set[str]]:
    """Strongly connected parts (Tarjan), without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    on_stack: set[str] = set()
    parts: list[set[str]] = []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph.get(root, {})))]
        _enter(root, index, low, open_, on_stack)
        while work:
            node, successors = work[-1]
            for key in successors:
                if key not in index:
                    _enter(key, index, low, open_, on_stack)
                    work.append((key, iter(graph.get(key, {}))))
                    break
                if key in on_stack:
                    low[node] = min(low[node], index[key])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    parts.append(_close(node, open_, on_stack))
    return parts


def _enter(
    key: str, index: dict[str, int], low: dict[str, int], open_: list[str], on_stack: set[str]
) -> None:
    index[key] = low[key] = len(index)
    open_.append(key)
    on_stack.add(key)


def _close(root: str, open_: list[str], on_stack: set[str]) -> set[str]:
    part: set[str] = set()
    while root not in part:
        key = open_.pop()
        on_stack.discard(key)
        part.add(key)
    return part
