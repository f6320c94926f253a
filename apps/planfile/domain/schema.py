"""The JSON Schema and the field tables of the plan file, made from the same specs as the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.core.keys import PATTERN
from apps.planfile.domain.checks.keys import LISTS
from apps.planfile.domain.kinds import DAY_PATTERN, LANGUAGES, Choice, Day, Key, Kind
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.spec import Spec, specs

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KEY = {"anyOf": [{"type": "string", "pattern": PATTERN}, {"type": "integer"}]}
_TEXT = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {name: {"type": ["string", "number"]} for name in LANGUAGES},
            "additionalProperties": False,
        },
    ]
}


def json_schema() -> dict[str, Any]:
    """The whole schema; editors check a plan file with it while it is written."""
    return {
        "$schema": _DIALECT,
        "title": "okrtrack plan file, format 1",
        **_object(PlanFile),
        "$defs": {
            "key": _KEY,
            "text": _TEXT,
            "day": {"type": "string", "pattern": DAY_PATTERN},
        },
    }


def _object(cls: type) -> dict[str, Any]:
    fields = specs(cls)
    return {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split()),
        "properties": {name: _property(spec) for name, spec in fields.items()},
        "required": [name for name, spec in fields.items() if spec.required],
        "additionalProperties": False,
    }


def _property(spec: Spec) -> dict[str, Any]:
    inner = _object(spec.entry) if spec.entry else _kind(spec.kind)
    if spec.many:
        inner = {"type": "array", "items": inner, **({"minItems": 1} if spec.required else {})}
    if not spec.required:
        inner = {"anyOf": [inner, {"type": "null"}]}
    return {**inner, "description": spec.doc}


def _kind(kind: Kind | None) -> dict[str, Any]:
    return kind.schema() if kind else {}


def field_tables() -> str:
    """Markdown: one table of fields for each kind of entry, in the order of the file."""
    return "\n".join(_table(title, cls) for title, cls in _classes("(top level)", PlanFile))


def _classes(title: str, cls: type) -> Iterator[tuple[str, type]]:
    yield title, cls
    for name, spec in specs(cls).items():
        if spec.entry is not None:
            path = name if title.startswith("(") else f"{title}.{name}"
            yield from _classes(f"{path}[]" if spec.many else path, spec.entry)


def _table(title: str, cls: type) -> str:
    lines = [f"### `{title}`", "", " ".join((cls.__doc__ or "").split()), ""]
    lines += ["| field | value | meaning |", "| --- | --- | --- |"]
    for name, spec in specs(cls).items():
        mark = " *" if spec.required else ""
        lines.append(f"| `{name}`{mark} | {_words(spec)} | {spec.doc} |")
    return "\n".join([*lines, ""])


def _words(spec: Spec) -> str:
    one = "fields" if spec.entry else _value_words(spec.kind)
    return f"list of {one}" if spec.many else one


def _value_words(kind: Kind | None) -> str:
    if isinstance(kind, Choice):
        return ", ".join(f"`{word}`" for word in kind.meanings)
    if isinstance(kind, Key) and kind.of:
        return f"key in `{LISTS.get(kind.of, kind.of)}`"
    if isinstance(kind, Day):
        return f"day ({kind.edge} of a whole month)"
    return type(kind).__name__.lower()
