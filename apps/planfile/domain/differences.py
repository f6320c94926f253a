"""What a new version of a plan file adds, changes and removes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.planfile.domain.records import Fields, RecordKind

PlainRecords = Mapping[str, Mapping[str, Fields]]


class Action(StrEnum):
    """What happens to a record."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, old and new value as JSON keeps them."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is added, changed (with its fields) or removed."""

    kind: RecordKind
    key: str
    action: Action
    changes: tuple[FieldChange, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that changed."""
        return frozenset(change.field for change in self.changes)


def differences(old: PlainRecords, new: PlainRecords) -> list[Difference]:
    """From old to new: kinds in writing order, the new file's order inside, removals last."""
    return [found for kind in RecordKind for found in _of_kind(kind, old, new)]


def _of_kind(kind: RecordKind, old: PlainRecords, new: PlainRecords) -> Iterator[Difference]:
    before, after = old.get(kind, {}), new.get(kind, {})
    for key, fields in after.items():
        if key not in before:
            yield Difference(kind, key, Action.ADDED)
        elif before[key] != fields:
            yield Difference(kind, key, Action.CHANGED, _changes(before[key], fields))
    for key in before:
        if key not in after:
            yield Difference(kind, key, Action.REMOVED)


def _changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    )
