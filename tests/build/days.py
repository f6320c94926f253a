"""Days and moments of the plan that tests speak of by number."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

FIRST_DAY = dt.date(2026, 1, 1)
LAST_DAY = dt.date(2028, 12, 31)
SHANGHAI = ZoneInfo("Asia/Shanghai")

_first = [FIRST_DAY]  # the last one counts


def day(number: int) -> dt.date:
    """Day of the plan: 1 is Thursday, 1 January 2026."""
    return _first[-1] + dt.timedelta(days=number - 1)


def at(number: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """A moment of a day of the plan in Shanghai; noon unless told."""
    return dt.datetime.combine(day(number), dt.time(hour, minute), tzinfo=SHANGHAI)


def date_of(on: int | dt.date) -> dt.date:
    """A day given by its number, or the date itself."""
    return day(on) if isinstance(on, int) else on


@contextmanager
def counting_from(first: dt.date) -> Iterator[None]:
    """Within, day 1 is this date: for what only a plan under way today can show."""
    _first.append(first)
    try:
        yield
    finally:
        _first.pop()
