"""What a message about levels keeps: one entry an item, with its whole arithmetic of that day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.outbox.domain.payload import Payload, PlanName

LEVEL_CHANGE = "level_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNow:
    """An item as it stood when the message was written; ``key`` is what people called it by."""

    id: int
    kind: str
    key: str
    name: str
    level: str
    state: str
    owner: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootNow:
    """The root cause; ``arithmetic`` (``Explanation.to_json``) unless an entry is about it."""

    item: ItemNow
    arithmetic: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelEntry:
    """What happened to one item. ``old_level``: what people knew before."""

    item: ItemNow
    action: str
    reason: str
    old_level: str
    since: dt.date
    driver: ItemNow | None
    arithmetic: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChanged(Payload):
    """Everything about one root cause; the entry that the message is about comes first.

    ``more``: how many entries were left out. ``also``: late before for the same cause.
    """

    plan: PlanName
    as_of: dt.date
    root: RootNow
    entries: tuple[LevelEntry, ...]
    more: int
    also: tuple[ItemNow, ...]
    also_more: int
