"""A time axis in percent of the width, with its month marks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

YEAR, HALF, QUARTER, MONTH = "year", "half", "quarter", "month"


class Tick(NamedTuple):
    """A mark of the axis: place in percent, its day, how important it is, and its number.

    ``rank`` is year, half, quarter or month: narrow screens leave the lesser ones out. ``number``
    counts the plan's months from 1.
    """

    x: float
    on: dt.date
    rank: str
    number: int


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from the start of ``start`` to the end of ``finish``, as 0 to 100 percent."""

    start: dt.date
    finish: dt.date

    @property
    def days(self) -> int:
        """Length in days, both ends included; at least 1."""
        return max((self.finish - self.start).days + 1, 1)

    def begin(self, day: dt.date) -> float:
        """Place of the morning of a day, kept within the drawing."""
        return self._place((day - self.start).days)

    def end(self, day: dt.date) -> float:
        """Place of the evening of a day, kept within the drawing."""
        return self._place((day - self.start).days + 1)

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies on the axis."""
        return self.start <= day <= self.finish

    def months(self, first: dt.date | None = None) -> list[Tick]:
        """A tick at the beginning of each month counted from ``first`` (default: the start)."""
        found = []
        for index, day in enumerate(month_starts(first or self.start, self.finish)):
            rank = YEAR if index % 12 == 0 else HALF if index % 6 == 0 else MONTH
            rank = QUARTER if rank == MONTH and index % 3 == 0 else rank
            found.append(Tick(self.begin(day), day, rank, index + 1))
        return found

    def _place(self, days: int) -> float:
        return round(min(max(100 * days / self.days, 0.0), 100.0), 3)


def month_starts(start: dt.date, finish: dt.date) -> Iterator[dt.date]:
    """``start`` and the same day of each month after it (the last day where a month is short)."""
    index = 0
    day = start
    while day <= finish:
        yield day
        index += 1
        day = months_after(start, index)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month, so many months later; the month's last day where it has fewer."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))
