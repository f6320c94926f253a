"""Day numbers: calendar days, or numbered working days. Both calendars have the same interface.

All delay arithmetic runs on these integers; dates appear only at the edge.
Formula source: docs/delay.md, "Days".
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from apps.plans.engine.errors import PlanRuleError, gettext_noop


class DayCalendar(Protocol):
    """Turns dates into day numbers and back."""

    def number(self, day: datetime.date) -> int:
        """Number of the last counted day on or before ``day``. Use for finishes and check-ins."""

    def start_number(self, day: datetime.date) -> int:
        """Number of the first counted day on or after ``day``. Use for planned starts."""

    def date(self, number: int) -> datetime.date:
        """The date of day ``number``. Raises PlanRuleError "calendar.out_of_range"."""

    def today_number(self, today: datetime.date) -> int:
        """t(today): number of the last counted day on or before today."""


def _out_of_range(number: int) -> PlanRuleError:
    return PlanRuleError(
        "calendar.out_of_range",
        gettext_noop("Day number %(number)s has no date."),
        {"number": number},
    )


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Every day counts; the number is the proleptic ordinal (1 = 0001-01-01)."""

    def number(self, day: datetime.date) -> int:
        """Ordinal of ``day``."""
        return day.toordinal()

    def start_number(self, day: datetime.date) -> int:
        """Ordinal of ``day``."""
        return day.toordinal()

    def date(self, number: int) -> datetime.date:
        """The date with ordinal ``number``."""
        if not 1 <= number <= datetime.date.max.toordinal():
            raise _out_of_range(number)
        return datetime.date.fromordinal(number)

    def today_number(self, today: datetime.date) -> int:
        """Ordinal of ``today``."""
        return today.toordinal()


class WorkingCalendar:
    """Only working days count, numbered from 1 on the first working day of year 1.

    ``weekdays`` are the working weekdays (0 = Monday). ``exceptions`` overrule them for single
    dates: False a holiday, True a make-up day. Changing a calendar renumbers every later day, so
    the caller recomputes the plan. Raises PlanRuleError "calendar.no_weekday" without a weekday.
    """

    def __init__(
        self,
        weekdays: Iterable[int] = (0, 1, 2, 3, 4),
        exceptions: Mapping[datetime.date, bool] | None = None,
    ) -> None:
        self._weekdays = frozenset(weekdays)
        if not self._weekdays or not self._weekdays <= frozenset(range(7)):
            raise PlanRuleError(
                "calendar.no_weekday",
                gettext_noop("A working calendar needs weekdays from 0 (Monday) to 6."),
            )
        self._before_weekday = [sum(w < d for w in self._weekdays) for d in range(7)]
        self._exception_days: list[int] = []
        self._running_sum: list[int] = [0]
        for day, is_working in sorted((exceptions or {}).items()):
            change = int(is_working) - int(day.weekday() in self._weekdays)
            if change:
                self._exception_days.append(day.toordinal())
                self._running_sum.append(self._running_sum[-1] + change)

    def is_working(self, day: datetime.date) -> bool:
        """Whether ``day`` counts."""
        return self._count(day.toordinal()) > self._count(day.toordinal() - 1)

    def number(self, day: datetime.date) -> int:
        """Number of the last working day on or before ``day``; 0 before the first."""
        return self._count(day.toordinal())

    def start_number(self, day: datetime.date) -> int:
        """Number of the first working day on or after ``day``."""
        return self._count(day.toordinal() - 1) + 1

    def date(self, number: int) -> datetime.date:
        """The date of working day ``number``, by bisection over the ordinals."""
        last = datetime.date.max.toordinal()
        ordinal = bisect_left(range(last + 1), number, key=self._count)
        if number < 1 or ordinal > last:
            raise _out_of_range(number)
        return datetime.date.fromordinal(ordinal)

    def today_number(self, today: datetime.date) -> int:
        """Number of the last working day on or before ``today``."""
        return self.number(today)

    def _count(self, ordinal: int) -> int:
        """Working days up to and including ``ordinal`` (ordinal 1 is a Monday)."""
        weeks, days = divmod(ordinal, 7)
        regular = weeks * len(self._weekdays) + self._before_weekday[days]
        return regular + self._running_sum[bisect_right(self._exception_days, ordinal)]
