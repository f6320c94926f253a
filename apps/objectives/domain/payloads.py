"""What messages about comments keep."""

import datetime as dt
from dataclasses import dataclass

from apps.outbox.domain.payload import Digest

MENTION = "mention"
# What a message shows of a comment; the whole of it stands on the page.
TEXT_MOST = 1000


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
