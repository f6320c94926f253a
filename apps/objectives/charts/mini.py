"""Geometry of the small chart of a key result in a table cell. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from apps.objectives.charts.history import Dot, Value, ValueAxis, dots, line
from apps.plans.charts.axis import TimeAxis

MINI_HEIGHT = 28
MOST_MINI_POINTS = 48


@dataclass(frozen=True, slots=True)
class Mini:
    """A chart for a table cell: plan line, value line, the last value."""

    plan_line: str
    value_line: str
    last: Dot | None


def layout_mini(
    plan: Sequence[Value], values: Sequence[Value], axis: TimeAxis, bounds: Sequence[float] = ()
) -> Mini:
    """The same lines without axes; long histories are thinned to every n-th value and the last."""
    kept = thinned(values)
    found = [value.value for value in (*plan, *kept)] + list(bounds)
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    scale = ValueAxis(low, high if high > low else low + 1, 1.0, MINI_HEIGHT - 6)
    shifted = [Dot(x, y + 3) for x, y in dots(kept, axis, scale)]
    path = [Dot(x, y + 3) for x, y in dots(plan, axis, scale)]
    return Mini(line(path), line(shifted), shifted[-1] if shifted else None)


def thinned(values: Sequence[Value]) -> list[Value]:
    """At most MOST_MINI_POINTS values, evenly taken, the last always among them."""
    step = max(ceil(len(values) / MOST_MINI_POINTS), 1)
    return list(reversed(list(reversed(values))[::step]))
