"""What a reminder keeps: everything that one person owes, the most urgent first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from apps.outbox.domain.payload import Digest

REMINDER = "reminder"
DUTIES_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEntry:
    """A due update. ``of``: whose it is, when the reader acts for somebody. ``last``: the value or
    the days left that were reported last, for ``last_on``.
    """

    id: int
    due_at: dt.datetime
    closes_at: dt.datetime
    of: str | None
    kind: str
    name: str
    unit: str
    path: str
    last_on: dt.date | None
    last: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Digest):
    """Due updates as of ``written_at``."""

    written_at: dt.datetime
    entries: tuple[DutyEntry, ...]
