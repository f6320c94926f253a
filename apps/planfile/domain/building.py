"""Entries without problems to the frozen dataclasses of `model`."""

from __future__ import annotations

from typing import Any

from apps.planfile.domain.reading import Entry, Value
from apps.planfile.domain.spec import attribute


def build(entry: Entry, **more: Any) -> Any:
    """An object of the entry's class; `more` sets the fields that are not in the file."""
    fields = {attribute(entry.cls, name): _plain(value) for name, value in entry.values.items()}
    return entry.cls(**fields, **more)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Entry):
        return build(value)
    return value.value if isinstance(value, Value) else value
