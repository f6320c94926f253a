"""The plan's three-phase band with its milestones on one time axis."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from apps.plans.charts.axis import Tick, TimeAxis
from apps.plans.charts.labels import balanced, place, text_width

WIDTH = 1240.0
"""Pixels the labels are laid out for; on wider screens they only get more room."""
LABEL_WIDTH = 150.0
LINE = 15
FIRST_LABEL_Y = 96


@dataclass(frozen=True, slots=True)
class Band:
    """A phase: left edge and width in percent; its number, name and dates."""

    x: float
    width: float
    number: int
    name: str
    start_on: dt.date
    finish_on: dt.date
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """What is drawn of a milestone. ``level`` is a level, or a state that replaces it."""

    key: str
    name: str
    href: str
    why: str
    due_on: dt.date
    forecast_on: dt.date | None
    delay_days: int | None
    level: str
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone in place: percent across, pixels down; ``lines`` is its wrapped name."""

    stone: Stone
    x: float
    ghost_x: float | None
    label_x: float
    label_y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """All that the drawing needs. ``today_x`` is None when today is not on the axis."""

    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    today_x: float | None
    height: int


def layout_strip(
    axis: TimeAxis,
    phases: Sequence[tuple[int, str, dt.date, dt.date]],
    stones: Sequence[Stone],
    today: dt.date,
) -> Strip:
    """Place phases (number, name, start, finish) and milestones; labels keep out of each other."""
    bands = tuple(
        Band(
            x=axis.begin(start),
            width=round(axis.end(finish) - axis.begin(start), 3),
            number=number,
            name=name,
            start_on=start,
            finish_on=finish,
            is_now=start <= today <= finish,
        )
        for number, name, start, finish in phases
    )
    marks, lines = layout_marks(axis, sorted(stones, key=lambda stone: stone.due_on))
    return Strip(
        bands=bands,
        ticks=tuple(axis.months()),
        marks=marks,
        today_x=axis.begin(today) if axis.holds(today) else None,
        height=FIRST_LABEL_Y + lines * LINE + 10,
    )


def layout_marks(axis: TimeAxis, stones: Sequence[Stone]) -> tuple[tuple[Mark, ...], int]:
    """Marks in date order, and the number of text lines that the labels take in all."""
    wrapped = [balanced(stone.name, LABEL_WIDTH, 12.0) for stone in stones]
    wanted = [
        (axis.end(stone.due_on) / 100 * WIDTH, max(map(text_width, lines), default=0.0) + 16)
        for stone, lines in zip(stones, wrapped, strict=True)
    ]
    slots = place(wanted, WIDTH)
    tallest: dict[int, int] = {}
    for slot, lines in zip(slots, wrapped, strict=True):
        tallest[slot.lane] = max(tallest.get(slot.lane, 0), len(lines) + 1)
    tops = {lane: sum(tallest[above] for above in tallest if above < lane) for lane in tallest}
    marks = tuple(
        Mark(
            stone=stone,
            x=axis.end(stone.due_on),
            ghost_x=ghost_place(axis, stone),
            label_x=round(slot.left / WIDTH * 100, 3),
            label_y=FIRST_LABEL_Y + tops[slot.lane] * LINE,
            lines=tuple(lines),
        )
        for stone, slot, lines in zip(stones, slots, wrapped, strict=True)
    )
    return marks, sum(tallest.values())


def ghost_place(axis: TimeAxis, stone: Stone) -> float | None:
    """Where the forecast stands when it differs from the due day."""
    if stone.forecast_on is None or stone.forecast_on == stone.due_on or stone.is_done:
        return None
    return axis.end(stone.forecast_on)
