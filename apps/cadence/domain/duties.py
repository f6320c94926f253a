"""What became of a due update: one rule, from facts.

Formula source: docs/cadence.md, "What becomes of a duty".
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class DutyState(StrEnum):
    OPEN = "open"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"
    EXCUSED = "excused"


class Excuse(StrEnum):
    """Why nobody is to blame."""

    ABSENT = "absent"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in or report: the day it is for and the moment it was entered."""

    for_on: dt.date
    entered_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state, and the moment of fulfilment when it is on time or late."""

    state: DutyState
    fulfilled_at: dt.datetime | None = None


def judge(
    *,
    opens_on: dt.date,
    due_at: dt.datetime,
    closes_at: dt.datetime,
    entries: Iterable[Entry],
    excuse: Excuse | None,
    now: dt.datetime,
    used_until: dt.datetime | None = None,
) -> Verdict:
    """The first entry for the period or later decides; without one, waiting does.

    On time until ``due_at``, whatever else there is. After that an excuse comes before "late" and
    "missed". Open until somebody acts or ``closes_at`` has come. What is entered afterwards stays
    in the history and changes nothing here. An entry counts once: ``used_until`` is the moment of
    the one that fulfilled the duty before this.
    """
    latest = min(closes_at, now)
    moments = [
        entry.entered_at
        for entry in entries
        if entry.for_on >= opens_on
        and entry.entered_at <= latest
        and (used_until is None or entry.entered_at > used_until)
    ]
    first = min(moments, default=None)
    if first is not None and first <= due_at:
        return Verdict(DutyState.ON_TIME, first)
    if first is None and now < closes_at:
        return Verdict(DutyState.OPEN)
    if excuse is not None:
        return Verdict(DutyState.EXCUSED)
    return Verdict(DutyState.MISSED) if first is None else Verdict(DutyState.LATE, first)


def excuse_for(
    due_on: dt.date,
    *,
    is_ended: bool,
    paused_on: dt.date | None,
    resumed_on: dt.date | None,
    is_somebody_acting: bool,
) -> Excuse | None:
    """Why a duty of ``due_on`` is nobody's fault.

    The item ended, was paused on that day, or was taken up again on it or later: then the next due
    day counts from there. Or its owner was away and nobody acted for them.
    """
    if is_ended:
        return Excuse.ENDED
    if paused_on is not None and paused_on <= due_on:
        return Excuse.PAUSED
    if resumed_on is not None and due_on <= resumed_on:
        return Excuse.PAUSED
    return None if is_somebody_acting else Excuse.ABSENT
