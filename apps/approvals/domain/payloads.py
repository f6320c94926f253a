"""What messages about requests keep."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.outbox.domain.payload import Digest

REQUEST, DECISION = "request", "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """A request as it stood. ``name``: of its subject; ``facts``: what its kind keeps, as JSON."""

    id: int
    kind: str
    name: str
    path: str
    facts: dict[str, Any]
    reason: str
    requested_by: str
    requested_at: dt.datetime
    decision: str
    decided_by: str
    decided_at: dt.datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests(Digest):
    """Requests that wait for a decision, or that were decided, in the order of these events."""

    entries: tuple[RequestEntry, ...]
