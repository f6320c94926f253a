"""On which days an update is due, and the moments that follow from a due day.

Due days lie on a fixed grid, so that everything a person owes comes in one message: each week,
each second week counted from the plan's start, or the last such weekday of each month.
Formula source: docs/cadence.md, "Due days".
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from apps.plans.domain import Cadence
from apps.plans.engine.calendars import WorkingCalendar

ONE_DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
FORTNIGHT = dt.timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A grid of due days: ``weekday`` 0 is Monday, ``hour`` 0 to 23 in the owner's time zone.

    ``start_on`` is the plan's first day; second weeks are counted from it.
    """

    cadence: Cadence
    weekday: int
    hour: int
    start_on: dt.date

    def last_due(self, day: dt.date) -> dt.date:
        """The latest due day on or before ``day``."""
        if self.cadence is Cadence.MONTHLY:
            due = self._last_of_month(day.year, day.month)
            return due if due <= day else self._last_of_month(*_month_before(day))
        if self.cadence is Cadence.WEEKLY:
            return day - dt.timedelta(days=(day.weekday() - self.weekday) % 7)
        first = self._first_on_or_after(self.start_on) + WEEK
        return first + (day - first) // FORTNIGHT * FORTNIGHT

    def next_due(self, day: dt.date) -> dt.date:
        """The first due day after ``day``."""
        if self.cadence is not Cadence.MONTHLY:
            step = WEEK if self.cadence is Cadence.WEEKLY else FORTNIGHT
            return self.last_due(day) + step
        due = self._last_of_month(day.year, day.month)
        return due if due > day else self._last_of_month(*_month_after(day))

    def opens_on(self, due_on: dt.date) -> dt.date:
        """The first day of the period that ends on ``due_on``: the day after the due day before."""
        return self.last_due(due_on - ONE_DAY) + ONE_DAY

    def _first_on_or_after(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(days=(self.weekday - day.weekday()) % 7)

    def _last_of_month(self, year: int, month: int) -> dt.date:
        last = dt.date(*_month_after(dt.date(year, month, 1)), 1) - ONE_DAY
        return last - dt.timedelta(days=(last.weekday() - self.weekday) % 7)


def _month_before(day: dt.date) -> tuple[int, int]:
    return (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)


def _month_after(day: dt.date) -> tuple[int, int]:
    return (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)


@dataclass(frozen=True, slots=True)
class DueDates:
    """One duty's days and moments: it may be fulfilled for ``opens_on`` and later.

    On time until ``due_at``, late until ``closes_at``, missed from then on.
    """

    opens_on: dt.date
    due_on: dt.date
    due_at: dt.datetime
    closes_at: dt.datetime


def due_dates(
    schedule: Schedule,
    *,
    after: dt.date,
    settled_on: dt.date | None,
    until: dt.date,
    zone: ZoneInfo,
    working_days: WorkingCalendar,
    missed_after: int,
) -> list[DueDates]:
    """Every duty due after ``after`` whose period has begun by ``until``, in order.

    ``after`` is the day since when somebody owes updates, or the last due day that is dealt with;
    no period begins on or before ``settled_on``, the last due day before. ``missed_after`` counts
    working days of grace after the due day.
    """
    found = []
    due_on = schedule.next_due(after)
    opens_on = schedule.opens_on(due_on)
    if settled_on is not None:
        opens_on = max(opens_on, settled_on + ONE_DAY)
    while opens_on <= until:
        found.append(
            DueDates(
                opens_on=opens_on,
                due_on=due_on,
                due_at=moment(due_on, schedule.hour, zone),
                closes_at=closing(due_on, zone, working_days, missed_after),
            )
        )
        opens_on, due_on = due_on + ONE_DAY, schedule.next_due(due_on)
    return found


def moment(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    """An hour of a day where the owner lives, in UTC.

    An hour that the change to summer time skips comes when the clocks have moved; one that
    happens twice counts the first time.
    """
    return dt.datetime.combine(day, dt.time(hour), tzinfo=zone).astimezone(dt.UTC)


def closing(
    due_on: dt.date, zone: ZoneInfo, working_days: WorkingCalendar, missed_after: int
) -> dt.datetime:
    """The end, where the owner lives, of the ``missed_after``-th working day after the due day."""
    last = due_on
    if missed_after:
        last = working_days.date(working_days.number(due_on) + missed_after)
    return moment(last + ONE_DAY, 0, zone)
