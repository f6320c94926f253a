"""Links join two different things once, and never run in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from apps.planfile.domain.checks.places import branch_milestones
from apps.planfile.domain.checks.shares import share_links
from apps.planfile.domain.problems import Code, Place, Problem
from apps.planfile.domain.reading import Entry
from apps.plans.engine.links import Link, LinkKind, find_cycles

Graph = dict[str, dict[str, Place]]
"""Predecessor to successors, each with the place of the link."""


def check_network(root: Entry) -> Iterator[Problem]:
    """Links to self, doubled links, and one named circle for every knot of circles."""
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
    above = branch_milestones(root)
    for task in root.children("tasks"):
        milestone = above.get(task.get("key"))
        if milestone is not None:
            graph.setdefault(task.get("key"), {}).setdefault(milestone, task.at("in"))
    for first, second, place in share_links(root):
        graph.setdefault(first, {}).setdefault(second, place)
    for cycle in find_cycles(Link(first, second) for first in graph for second in graph[first]):
        least = cycle.index(min(cycle))
        keys = [*cycle[least:], *cycle[: least + 1]]
        yield Problem.at(graph[keys[-2]][keys[-1]], Code.CYCLE, keys=" → ".join(keys))
