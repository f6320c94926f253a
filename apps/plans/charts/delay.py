"""The scale behind a colour: the planned stretch, the three zones after it, and the forecast."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.plans.charts.axis import TimeAxis
from apps.plans.engine.levels import Level


class Zone(NamedTuple):
    """A stretch of days in which a forecast would give this level; percent of the width."""

    x: float
    width: float
    level: str


class Point(NamedTuple):
    """A day on the scale; ``anchor`` keeps its label inside the drawing (start, middle, end)."""

    x: float
    on: dt.date
    anchor: str


@dataclass(frozen=True, slots=True)
class DelayScale:
    """All that the drawing needs; ``known`` and ``today`` are None when off the scale."""

    zones: tuple[Zone, ...]
    start: Point
    finish: Point
    forecast: Point
    known: Point | None
    today: Point | None


def layout_delay(
    *,
    start: dt.date,
    limits: Sequence[dt.date],
    forecast: dt.date,
    known: dt.date | None,
    today: dt.date,
) -> DelayScale:
    """``limits`` are the last days of on plan (the planned finish), of yellow and of orange."""
    finish = limits[0]
    first = min(start, forecast, known or start)
    span = (finish - first).days + 1
    last = max(forecast, limits[-1]) + dt.timedelta(days=max(span // 8, 2))
    axis = TimeAxis(first, last)
    edges = [axis.begin(start), *(axis.end(limit) for limit in limits), 100.0]
    zones = [
        Zone(left, round(right - left, 3), level)
        for left, right, level in zip(edges, edges[1:], Level, strict=False)
    ]
    return DelayScale(
        zones=tuple(zone for zone in zones if zone.width > 0),
        start=point(axis.begin(start), start),
        finish=point(axis.end(finish), finish),
        forecast=point(axis.end(forecast), forecast),
        known=point(axis.end(known), known) if known and axis.holds(known) else None,
        today=point(axis.begin(today), today) if axis.holds(today) else None,
    )


def point(x: float, day: dt.date) -> Point:
    """A point whose label is turned inwards near the edges."""
    anchor = "start" if x < 18 else "end" if x > 82 else "middle"
    return Point(x, day, anchor)
