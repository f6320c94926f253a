"""What a message says, as typed values and ids without sentences; every older version is readable.

A payload is frozen in the outbox when its message is written, and put into words when it is sent.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

# Entries that a mail holds; of the others it says how many they are.
ENTRIES_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """Base of every kind's payload: plain JSON and back."""

    VERSION: ClassVar[int] = 1

    def to_json(self) -> dict[str, Any]:
        """Plain dict, lists, text and numbers; ``from_json`` gives an equal object back."""
        return {"version": self.VERSION, **_plain(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Rebuild from ``to_json`` of this or an older version.

        Raises KeyError, TypeError or ValueError on other data.
        """
        version = data["version"]
        if version > cls.VERSION:
            raise ValueError(f"This payload is of version {version}, newer than {cls.VERSION}.")
        for older in range(version, cls.VERSION):
            data = cls.upgraded(data, older)
        built: Self = _built(cls, data)
        return built

    @classmethod
    def upgraded(cls, data: dict[str, Any], version: int) -> dict[str, Any]:
        """The JSON of ``version`` as that of the next; a class with older versions overrides it."""
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanName:
    """The plan that a message is about."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Payload):
    """A payload that collects: entries with an ``id`` each, and the ids of those without room."""

    plan: PlanName
    entries: tuple[Any, ...]
    more: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many things it tells of."""
        return len(self.entries) + len(self.more)

    @property
    def ids(self) -> list[int]:
        """Ids of everything it tells of."""
        return [*(entry.id for entry in self.entries), *self.more]

    def kept(self, ids: Container[int]) -> Self | None:
        """What is left of it with these ids alone; None when nothing is."""
        entries = tuple(entry for entry in self.entries if entry.id in ids)
        more = tuple(pk for pk in self.more if pk in ids)
        return replace(self, entries=entries, more=more) if entries or more else None


def _plain(value: Any) -> Any:
    """JSON of a value: moments and exact numbers as text."""
    kind: type = type(value)
    if is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in _names(kind)}


def _built(hint: Any, data: Any) -> Any:
    """The value that the JSON of a type stands for."""
    if get_origin(hint) in (Union, UnionType):
        if data is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_built(get_args(hint)[0], one) for one in data)
    if is_dataclass(hint):
        kind: Any = hint
        return kind(**{name: _built(one, data[name]) for name, one in _hints(kind).items()})
    if hint in (dt.date, dt.datetime):
        return hint.fromisoformat(data)
    return Decimal(data) if hint is Decimal else data
