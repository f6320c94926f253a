"""Geometry of a key result's chart: plain numbers and dates, no Django.

Across is percent of the width (the chart fills any screen), down is pixels. A value axis grows
upwards, also for key results that are meant to fall: falling ones fall.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from apps.plans.charts.axis import Tick, TimeAxis

HEIGHT = 300
FORECAST_ROOM = 0.25
"""How far beyond the plan's end a forecast may stretch the axis, as a share of its length."""


class Dot(NamedTuple):
    """A value in place: percent across, pixels down."""

    x: float
    y: float


class ValueTick(NamedTuple):
    """A labelled value of the axis."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """Values from ``low`` (at the bottom) to ``high`` (at the top), with even ticks."""

    low: float
    high: float
    step: float
    height: float

    def y(self, value: float) -> float:
        """Pixels from the top; values beyond the axis stay at its edge."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.height * (1 - min(max(share, 0.0), 1.0)), 2)

    def ticks(self) -> list[ValueTick]:
        """The axis' marks from the bottom up."""
        count = round((self.high - self.low) / self.step)
        values = [self.low + index * self.step for index in range(count + 1)]
        return [ValueTick(self.y(value), round(value, 9)) for value in values]


def value_axis(values: Sequence[float], height: float, marks: int = 5) -> ValueAxis:
    """An axis of round steps (1, 2, 2.5, 5 times a power of ten) around all values."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if low == high:
        room = abs(low) / 10 or 1.0
        low, high = low - room, high + room
    step = round_step((high - low) / marks)
    return ValueAxis(floor(low / step) * step, ceil(high / step) * step, step, height)


def round_step(rough: float) -> float:
    """The next round number from ``rough`` up."""
    power = 10.0 ** floor(log10(rough))
    factors = (1.0, 2.0, 2.5, 5.0, 10.0)
    return next(factor * power for factor in factors if rough <= factor * power * (1 + 1e-9))


class Value(NamedTuple):
    """A value on a day; ``confidence`` is its author's, 0 to 10, or None."""

    on: dt.date
    value: float
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValue:
    """A dated target: what it asks for, how it looks, when it is forecast; ``first`` as agreed."""

    on: dt.date
    value: float | None
    level: str
    is_next: bool = False
    forecast_on: dt.date | None = None
    first: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a key result. ``plan`` is the line of its targets, empty without one;
    ``first`` that of the targets as agreed first, empty where none has moved.

    ``low`` and ``high`` are bounds to keep within (None: open on that side).
    ``is_stepped``: a value holds until the next one is counted.
    """

    start: dt.date
    finish: dt.date
    today: dt.date
    phases: Sequence[tuple[int, str, dt.date, dt.date]]
    plan: Sequence[Value]
    values: Sequence[Value]
    targets: Sequence[TargetValue]
    low: float | None = None
    high: float | None = None
    first: Sequence[Value] = ()
    is_stepped: bool = False


class PhaseBand(NamedTuple):
    """A phase behind the chart."""

    x: float
    width: float
    number: int
    name: str
    is_now: bool


class TargetMark(NamedTuple):
    """A dated target in place, and where it was agreed first when that differs."""

    target: TargetValue
    x: float
    y: float
    first: Dot | None


class Confidence(NamedTuple):
    """How sure the author of a value was: place in percent, height in pixels, 0 to 10."""

    x: float
    height: float
    value: int


class Band(NamedTuple):
    """The stretch of values to stay in."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the drawing needs; lines are text for an SVG polyline."""

    height: int
    value_ticks: tuple[ValueTick, ...]
    months: tuple[Tick, ...]
    phases: tuple[PhaseBand, ...]
    plan_line: str
    first_line: str
    value_line: str
    values: tuple[Dot, ...]
    forecast_line: str
    forecast: Dot | None
    targets: tuple[TargetMark, ...]
    confidences: tuple[Confidence, ...]
    band: Band | None
    today_x: float | None


def layout_chart(facts: Facts, height: int = HEIGHT) -> Chart:
    """Place everything on one time axis and one value axis."""
    axis = time_axis(facts)
    scale = value_axis(shown_values(facts), height)
    forecast = forecast_dots(facts, axis, scale)
    return Chart(
        height=height,
        value_ticks=tuple(scale.ticks()),
        months=tuple(axis.months(facts.start)),
        phases=tuple(phase_bands(facts, axis)),
        plan_line=line(dots(facts.plan, axis, scale)),
        first_line=line(dots(facts.first, axis, scale)),
        value_line=line(dots(joined(facts), axis, scale)),
        values=tuple(dots(facts.values, axis, scale)),
        forecast_line=line(forecast),
        forecast=forecast[-1] if forecast else None,
        targets=tuple(target_marks(facts, axis, scale)),
        confidences=tuple(
            Confidence(axis.end(on), 2.0 * sure, sure)
            for on, _value, sure in facts.values
            if sure is not None
        ),
        band=band(facts, scale),
        today_x=axis.end(facts.today) if axis.holds(facts.today) else None,
    )


def time_axis(facts: Facts) -> TimeAxis:
    """The plan's span, stretched by a forecast beyond it, up to FORECAST_ROOM of its length."""
    days = [value.on for value in facts.values] + [target.on for target in facts.targets]
    start = min([facts.start, *(value.on for value in facts.plan)])
    finish = max([facts.finish, *days])
    room = int(((finish - start).days + 1) * FORECAST_ROOM)
    forecast = next((t.forecast_on for t in facts.targets if t.is_next and t.forecast_on), finish)
    return TimeAxis(start, max(finish, min(forecast, finish + dt.timedelta(days=room))))


def shown_values(facts: Facts) -> list[float]:
    """Every value that must be on the axis."""
    found = [value.value for value in (*facts.plan, *facts.values)]
    found += [target.value for target in facts.targets if target.value is not None]
    found += [target.first.value for target in facts.targets if target.first is not None]
    found += [bound for bound in (facts.low, facts.high) if bound is not None]
    return found


def dots(values: Sequence[Value], axis: TimeAxis, scale: ValueAxis) -> list[Dot]:
    """Values at the evening of their days."""
    return [Dot(axis.end(value.on), scale.y(value.value)) for value in values]


def joined(facts: Facts) -> Sequence[Value]:
    """The corners of the line of values."""
    if not facts.is_stepped:
        return facts.values
    corners = [
        corner
        for before, after in pairwise(facts.values)
        for corner in (before, Value(after.on, before.value))
    ]
    return [*corners, *facts.values[-1:]]


def line(points: Sequence[Dot]) -> str:
    """The text of a polyline; empty when there is nothing to join."""
    return " ".join(f"{x:g},{y:g}" for x, y in points) if len(points) > 1 else ""


def phase_bands(facts: Facts, axis: TimeAxis) -> list[PhaseBand]:
    return [
        PhaseBand(
            x=axis.begin(start),
            width=round(axis.end(finish) - axis.begin(start), 3),
            number=number,
            name=name,
            is_now=start <= facts.today <= finish,
        )
        for number, name, start, finish in facts.phases
    ]


def target_marks(facts: Facts, axis: TimeAxis, scale: ValueAxis) -> list[TargetMark]:
    """Targets at their value; those of a band stand on its nearest edge."""
    edge = facts.low if facts.low is not None else facts.high
    marks = []
    for target in facts.targets:
        value = edge if target.value is None else target.value
        y = scale.height / 2 if value is None else scale.y(value)
        first = target.first
        ghost = None if first is None else Dot(axis.end(first.on), scale.y(first.value))
        marks.append(TargetMark(target, axis.end(target.on), y, ghost))
    return marks


def forecast_dots(facts: Facts, axis: TimeAxis, scale: ValueAxis) -> list[Dot]:
    """From the last value to the next target on its forecast day; cut at the edge of the axis."""
    target = next((target for target in facts.targets if target.is_next), None)
    if target is None or target.value is None or target.forecast_on is None or not facts.values:
        return []
    last = facts.values[-1]
    if target.forecast_on <= last.on:
        return []
    end = min(target.forecast_on, axis.finish)
    share = (end - last.on).days / (target.forecast_on - last.on).days
    value = last.value + (target.value - last.value) * share
    return dots([last, Value(end, value)], axis, scale)


def band(facts: Facts, scale: ValueAxis) -> Band | None:
    """The bounds as a stretch of the drawing."""
    if facts.low is None and facts.high is None:
        return None
    top = 0.0 if facts.high is None else scale.y(facts.high)
    bottom = scale.height if facts.low is None else scale.y(facts.low)
    return Band(top, round(bottom - top, 2))
