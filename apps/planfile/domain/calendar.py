"""Plan months and the ways to write a day: `M4` (month 4), `M4.10` (its 10th day), `2025-10-10`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apps.planfile.domain.problems import Code, ValueRefusedError

MAX_MONTHS = 240
FIRST_YEAR, LAST_YEAR = 1970, 2150
_MONTH = re.compile(r"[Mm](\d{1,3})(?:\.(\d{1,2}))?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Edge(StrEnum):
    """The day a whole month stands for: the first of a start, the last of an end."""

    START = "start"
    FINISH = "finish"


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class PlanMonths:
    """The months of a plan.

    Month m runs from start + (m - 1) months to the day before start + m months.
    """

    start: date

    def first(self, month: int) -> date:
        """The first day of plan month `month` (from 1)."""
        return add_months(self.start, month - 1)

    def last(self, month: int) -> date:
        """The last day of plan month `month` (from 1)."""
        return add_months(self.start, month) - timedelta(days=1)

    def ending_on(self, day: date) -> int | None:
        """The plan month whose last day is `day`; None when there is no such month."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        return next((m for m in (months, months + 1) if m > 0 and self.last(m) == day), None)

    def day(self, text: str, edge: Edge) -> date:
        """The day that `text` names: `M4`, `M4.10` or `2025-10-10`; raises ValueRefusedError."""
        found = _MONTH.fullmatch(text)
        if found:
            return self._of_month(int(found[1]), found[2], edge)
        found = _DATE.fullmatch(text)
        if not found:
            raise ValueRefusedError(Code.NOT_A_DAY, value=text)
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise ValueRefusedError(Code.NO_SUCH_DAY, value=text) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueRefusedError(Code.NO_SUCH_DAY, value=text)
        return day

    def _of_month(self, month: int, number: str | None, edge: Edge) -> date:
        if not 1 <= month <= MAX_MONTHS:
            raise ValueRefusedError(Code.NO_SUCH_DAY, value=f"M{month}")
        first, last = self.first(month), self.last(month)
        if number is None:
            return first if edge is Edge.START else last
        day = first + timedelta(days=int(number) - 1)
        if not first <= day <= last:
            raise ValueRefusedError(Code.NO_SUCH_DAY, value=f"M{month}.{number}")
        return day
