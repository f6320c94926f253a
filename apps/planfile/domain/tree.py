"""YAML text to a plain tree with line numbers, without trusting the text.

Only mappings, lists and texts come out: what a text means (number, date, key) is decided by the
field it stands in, so `NO` stays a word and `1.20` keeps its zero. Aliases, tags, deep nesting and
large files are refused while the events stream by, before any tree is walked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from apps.planfile.domain.problems import Code, Place, PlanFileRefusedError, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_VALUES = 300_000

# The C parser takes seconds for 5 MB; the other stands in where PyYAML was built without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_TAG_START = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `plain` when written without quotes (only then can it be empty = not given)."""

    text: str
    plain: bool
    line: int

    @property
    def is_empty(self) -> bool:
        """True for an unquoted nothing, `~` or `null`: the field counts as not given."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; the pairs are in the order of the file, doubled names included."""

    line: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


Node = Scalar | Items | Fields


def parse_tree(data: bytes) -> Node:
    """The one YAML document in `data` (UTF-8, at most 5 MB).

    Raises PlanFileRefusedError with one problem: what is not YAML has nothing more to check.
    """
    check_size(len(data))
    text = _decode(data)
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise _refused(line, Code.CONTROL_CHARACTER, character=f"U+{ord(control[0]):04X}")
    try:
        root = _build(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise _refused(line, Code.BROKEN_YAML, reason=reason) from None
    if root is None or (isinstance(root, Scalar) and root.is_empty):
        raise _refused(1, Code.EMPTY)
    return root


def check_size(size: int) -> None:
    """Raise PlanFileRefusedError for more than 5 MB, before anything is read."""
    if size > MAX_BYTES:
        limit = _megabytes(MAX_BYTES)
        raise _refused(1, Code.TOO_LARGE, size=_megabytes(size), limit=limit)


def _refused(line: int, code: Code, **params: object) -> PlanFileRefusedError:
    return PlanFileRefusedError([Problem.at(Place(line, ""), code, **params)])


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refused(1, Code.ENCODING, guess="UTF-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(line, Code.ENCODING, guess=_guess_encoding(data)) from None


def _guess_encoding(data: bytes) -> str:
    """The usual other encoding of a Chinese or Western spreadsheet export."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "Latin-1"
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    return "GB 18030" if han else "Latin-1"


def _build(events: Iterator[Any]) -> Node | None:
    """Put the event stream together with a stack of open lists and mappings (no recursion)."""
    root: Node | None = None
    stack: list[_Open] = []
    values = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _refused(line, Code.SECOND_DOCUMENT)
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        node = _node(event, line)
        if node is None:
            continue
        values += 1
        if values > MAX_VALUES:
            raise _refused(line, Code.TOO_MANY_VALUES, limit=MAX_VALUES)
        if stack:
            stack[-1].add(node)
        else:
            root = node
        if not isinstance(node, Scalar):
            stack.append(_Open(node))
            if len(stack) > MAX_DEPTH:
                raise _refused(line, Code.TOO_DEEP, limit=MAX_DEPTH)
    return root


def _node(event: Any, line: int) -> Node | None:
    """The tree node an event begins; None for the events that only frame the stream."""
    if isinstance(event, yaml.AliasEvent):
        raise _refused(line, Code.ALIAS, name=event.anchor)
    if not isinstance(event, yaml.NodeEvent):
        return None
    tag: str | None = getattr(event, "tag", None)
    if tag is not None and tag != "!":
        raise _refused(line, Code.TAG, tag=tag.replace(_TAG_START, "!!"))
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, event.style is None or event.style == "", line)
    return Items(line) if isinstance(event, yaml.SequenceStartEvent) else Fields(line)


class _Open:
    """A list or mapping that is still being filled."""

    __slots__ = ("name", "node")

    def __init__(self, node: Items | Fields) -> None:
        self.node = node
        self.name: Scalar | None = None

    def add(self, child: Node) -> None:
        if isinstance(self.node, Items):
            self.node.nodes.append(child)
        elif self.name is not None:
            self.node.pairs.append((self.name, child))
            self.name = None
        elif isinstance(child, Scalar):
            self.name = child
        else:
            raise _refused(child.line, Code.FIELD_NAME)
