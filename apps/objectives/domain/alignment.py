"""Who supports whom: objectives and key results of one plan as a forest. No Django."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from apps.plans.engine.errors import PlanRuleError, gettext_noop

K = TypeVar("K", bound=Hashable)


class AlignmentError(PlanRuleError):
    """Objectives that support one another in a circle. ``circle`` names them in order."""

    def __init__(self, circle: Sequence[str]) -> None:
        self.circle = list(circle)
        path = " → ".join([*circle, circle[0]])
        super().__init__(
            "alignment.circle",
            gettext_noop("These objectives would support one another in a circle: %(path)s."),
            {"path": path},
        )


@dataclass(slots=True)
class Branch(Generic[K]):
    """An objective with those that support it, directly or through one of its key results."""

    key: K
    depth: int = 0
    children: "list[Branch[K]]" = field(default_factory=list)


def circle_of(supports: Mapping[K, K | None], start: K) -> list[K]:
    """The objectives of the circle that ``start`` lies on, in order; empty when there is none.

    ``supports`` gives the objective that each one supports. Support of a key result counts as
    support of its objective: the caller has put that objective in.
    """
    path: list[K] = []
    current: K | None = start
    while current is not None and current not in path:
        path.append(current)
        current = supports.get(current)
    return path if current == start else []


def forest(keys: Iterable[K], supports: Mapping[K, K | None]) -> list[Branch[K]]:
    """The tree of support, in the order given; what supports something unknown is a root.

    Never loses an objective: one of a circle (which the services refuse) stands as a root.
    """
    order = list(keys)
    known = set(order)
    children: dict[K | None, list[K]] = defaultdict(list)
    for key in order:
        above = supports.get(key)
        is_root = above not in known or bool(circle_of(supports, key))
        children[None if is_root else above].append(key)

    def grow(key: K, depth: int) -> Branch[K]:
        return Branch(key, depth, [grow(child, depth + 1) for child in children[key]])

    return [grow(key, 0) for key in children[None]]


def flat(branches: Iterable[Branch[K]]) -> list[Branch[K]]:
    """Every branch, each followed by those below it."""
    rows: list[Branch[K]] = []
    for branch in branches:
        rows.append(branch)
        rows += flat(branch.children)
    return rows
