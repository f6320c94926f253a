"""What messages about comments and requests of targets keep."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from apps.outbox.domain.payload import Digest

MENTION, REQUEST, DECISION = "mention", "request", "decision"
# What a message shows of a comment; the whole of it stands on the page.
TEXT_MOST = 1000
TARGETS_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionEntry:
    """A comment that mentions the reader. ``name``: of the objective or key result it is on."""

    id: int
    author: str
    at: dt.datetime
    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions(Digest):
    """Comments in the order in which they were written."""

    entries: tuple[MentionEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a key result is measured, as far as a target's words need it."""

    kind: str
    unit: str
    lower_bound: Decimal | None
    upper_bound: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedTarget:
    """A value (None where the measure has bounds or is done or not) and its day."""

    value: Decimal | None
    due_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """A request of a target as it stood: what it asks for, and the targets not met yet.

    ``old`` is None for a further target, ``new`` for one to be given up.
    """

    id: int
    name: str
    path: str
    measure: Measure
    kind: str
    old: DatedTarget | None
    new: DatedTarget | None
    reason: str
    requested_by: str
    requested_at: dt.datetime
    decision: str
    decided_by: str
    decided_at: dt.datetime | None
    note: str
    in_force: tuple[DatedTarget, ...]
    in_force_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRequests(Digest):
    """Requests that wait for a decision, or that were decided, in the order of these events."""

    entries: tuple[RequestEntry, ...]
