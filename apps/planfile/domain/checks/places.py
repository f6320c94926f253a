"""Work packages and tasks hang in one place each, and nothing hangs below itself."""

from __future__ import annotations

from collections.abc import Iterator

from apps.planfile.domain.places import milestones_above
from apps.planfile.domain.problems import Code, Problem
from apps.planfile.domain.reading import Entry
from apps.plans.engine.links import Link, find_cycles


def check_places(root: Entry) -> Iterator[Problem]:
    """Exactly one place for each, and one named circle for every knot of circles."""
    packages = root.children("work_packages")
    for entry in (*packages, *root.children("tasks")):
        if not entry.has("in") and not entry.has("phase"):
            yield Problem.at(entry.at("in"), Code.PLACE_MISSING)
        elif entry.has("in") and entry.has("phase"):
            yield Problem.at(entry.at("phase"), Code.PLACE_TWICE)
    inside = {entry.get("key"): entry for entry in packages if entry.get("key") is not None}
    links = (Link(key, entry.get("in")) for key, entry in inside.items() if entry.get("in"))
    for cycle in find_cycles(link for link in links if link.successor in inside):
        keys = " → ".join([*cycle, cycle[0]])
        yield Problem.at(inside[cycle[0]].at("in"), Code.PACKAGE_CYCLE, keys=keys)


def branch_milestones(root: Entry) -> dict[str, str | None]:
    """The milestone that each task and work package hangs below, by their keys."""
    rows = [*root.children("work_packages"), *root.children("tasks")]
    inside = {row.get("key"): row.get("in") for row in rows if row.get("key") is not None}
    return milestones_above(inside, [row.get("key") for row in root.children("milestones")])
