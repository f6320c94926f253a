"""Tree to entries, by the field specs: problems of shape are collected, nothing stops it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.planfile.domain.kinds import Context, Kind
from apps.planfile.domain.problems import Code, Place, Problem, ValueRefusedError
from apps.planfile.domain.spec import Spec, specs
from apps.planfile.domain.tree import Fields, Items, Node, Scalar


@dataclass(frozen=True, slots=True)
class Value:
    """One usable value of a list, with its place."""

    value: Any
    place: Place


@dataclass(slots=True)
class Entry:
    """A mapping of the file as read: only usable values are in it.

    `refused` names the fields that are not usable, and the lists that are not as a whole.
    """

    cls: type
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def get(self, name: str) -> Any:
        """The usable value of a field, or None."""
        return self.values.get(name)

    def at(self, name: str) -> Place:
        """Where a field stands; the entry's own place when it is not given."""
        found = self.places.get(name)
        return found or Place(self.place.line, _join(self.place.path, name))

    def has(self, name: str) -> bool:
        """True when the field was given, usable or not."""
        return name in self.places

    def children(self, name: str) -> list[Entry]:
        found: list[Entry] = self.values.get(name) or []
        return found

    def items(self, name: str) -> list[Value]:
        found: list[Value] = self.values.get(name) or []
        return found

    def child(self, name: str) -> Entry | None:
        """The entry of a nested field."""
        found: Entry | None = self.values.get(name)
        return found


@dataclass(slots=True)
class Guesser:
    """Finds what a word was probably meant to be; gives up after 50 words: each one is slow."""

    left: int = 50

    def guess(self, word: str, known: Collection[str]) -> str | None:
        """The known word nearest to `word`, if it is near enough."""
        if not self.left or len(known) > 5000:
            return None
        self.left -= 1
        near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
        return near[0] if near else None


@dataclass(slots=True)
class Reader:
    """Reads entries and keeps what was wrong with them."""

    context: Context
    problems: list[Problem] = field(default_factory=list)
    guesser: Guesser = field(default_factory=Guesser)

    def read(self, cls: type, node: Node, path: str = "") -> Entry | None:
        """The entry of `node`; None when it is not a mapping at all."""
        place = Place(node.line, path)
        if not isinstance(node, Fields):
            self.problems.append(Problem.at(place, Code.NOT_A_MAPPING))
            return None
        known = specs(cls)
        entry = Entry(cls, place)
        for name, value in self._named(node, known, path):
            spec = known[name]
            entry.places[name] = Place(value.line, _join(path, name), _raw(value))
            if isinstance(value, Scalar) and value.is_empty:
                del entry.places[name]
            else:
                self._field(entry, spec, value)
        self._missing(entry, known)
        return entry

    def _named(self, node: Fields, known: dict[str, Spec], path: str) -> Iterator[tuple[str, Node]]:
        """The pairs whose name is known and new; the others are reported."""
        seen: set[str] = set()
        for name, value in node.pairs:
            place = Place(name.line, _join(path, name.text[:80]))
            if name.text in seen:
                self.problems.append(Problem.at(place, Code.FIELD_TWICE, field=name.text[:80]))
            elif name.text not in known:
                self.problems.append(self._unknown_field(place, name.text[:80], known))
            else:
                yield name.text, value
            seen.add(name.text)

    def _unknown_field(self, place: Place, name: str, known: dict[str, Spec]) -> Problem:
        near = self.guesser.guess(name, list(known))
        if near:
            return Problem.at(place, Code.FIELD_UNKNOWN_GUESS, field=name, guess=near)
        return Problem.at(place, Code.FIELD_UNKNOWN, field=name, known=", ".join(known))

    def _missing(self, entry: Entry, known: dict[str, Spec]) -> None:
        for spec in known.values():
            if spec.required and not entry.has(spec.name):
                place = entry.at(spec.name)
                self.problems.append(Problem.at(place, Code.FIELD_MISSING, field=spec.name))

    def _field(self, entry: Entry, spec: Spec, node: Node) -> None:
        place = entry.places[spec.name]
        found = self._list(spec, node, place) if spec.many else self._one(spec, node, place)
        if found is None or (isinstance(node, Items) and len(found) < len(node.nodes)):
            entry.refused.add(spec.name)
        if found is not None:
            entry.values[spec.name] = found

    def _list(self, spec: Spec, node: Node, place: Place) -> list[Any] | None:
        if not isinstance(node, Items):
            self.problems.append(Problem.at(place, Code.NOT_A_LIST))
            return None
        if spec.required and not node.nodes:
            self.problems.append(Problem.at(place, Code.FIELD_EMPTY))
        found: list[Any] = []
        for number, child in enumerate(node.nodes, start=1):
            where = Place(child.line, f"{place.path}[{number}]", _raw(child))
            value = self._one(spec, child, where)
            if value is not None:
                found.append(value if spec.entry else Value(value, where))
        return found

    def _one(self, spec: Spec, node: Node, place: Place) -> Any:
        if spec.entry is not None:
            return self.read(spec.entry, node, place.path)
        return self._value(spec.kind, node, place)

    def _value(self, kind: Kind | None, node: Node, place: Place) -> Any:
        assert kind is not None  # noqa: S101  a spec has an entry or a kind
        try:
            return kind.read(node, self.context)
        except ValueRefusedError as refusal:
            self.problems.append(Problem.at(place, refusal.code, **refusal.params))
            return None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _raw(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""
