"""How long a message waits after an attempt that failed."""

import datetime as dt

# Short at first, then hourly for a day; then it has failed.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, *[60] * 24))


def next_wait(attempts: int) -> dt.timedelta | None:
    """How long to wait after so many failed attempts (1 or more); None: give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
