"""How a dataclass says what a plan file may hold: the one source of reader, schema and docs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from apps.planfile.domain.kinds import Kind

_SPEC = "plan_file"


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its kind of value, or the class of the entries it holds; `many`: a list."""

    name: str
    doc: str
    kind: Kind | None
    entry: type | None
    many: bool
    required: bool


def value(kind: Kind, doc: str, *, required: bool = False, default: Any = None) -> Any:
    return _field(doc, kind, None, many=False, required=required, default=default)


def values(kind: Kind, doc: str, *, required: bool = False) -> Any:
    """A field of a list of values; () when it is not given."""
    return _field(doc, kind, None, many=True, required=required, default=())


def entry(cls: type, doc: str, *, required: bool = False) -> Any:
    """A field of one nested entry."""
    return _field(doc, None, cls, many=False, required=required, default=None)


def entries(cls: type, doc: str, *, required: bool = False) -> Any:
    """A field of a list of nested entries; () when it is not given."""
    return _field(doc, None, cls, many=True, required=required, default=())


def _field(
    doc: str, kind: Kind | None, cls: type | None, *, many: bool, required: bool, default: Any
) -> Any:
    metadata = {_SPEC: (doc, kind, cls, many, required)}
    if required:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(metadata=metadata, default=default)


def specs(cls: type) -> dict[str, Spec]:
    """The fields of a plan-file dataclass by their written names (`from_` is `from`)."""
    found: dict[str, Spec] = {}
    for item in dataclasses.fields(cls):
        if _SPEC in item.metadata:
            name = item.name.removesuffix("_")
            found[name] = Spec(name, *item.metadata[_SPEC])
    return found


def attribute(cls: type, name: str) -> str:
    """The Python name of the field written as `name` (`from` is `from_`)."""
    return next(f.name for f in dataclasses.fields(cls) if f.name.removesuffix("_") == name)
