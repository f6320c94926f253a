"""Targets as they stood at a moment: approved changes undone, the newest first. No Django."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple


class Asked(NamedTuple):
    """What a dated target asks for, and by when."""

    value: Decimal | None
    due_on: dt.date


class Revision(NamedTuple):
    """An approved change: what was asked before, and the moment it came into force."""

    before: Asked
    at: dt.datetime


def asked_at(now: Asked, revisions: Iterable[Revision], moment: dt.datetime) -> Asked:
    """What a target that asks ``now`` today asked at ``moment``."""
    found = now
    for revision in sorted(revisions, key=lambda revision: revision.at, reverse=True):
        if revision.at > moment:
            found = revision.before
    return found
