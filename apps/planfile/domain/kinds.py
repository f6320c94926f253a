"""The kinds of value a field can hold: how each is read, and how the JSON Schema describes it."""

from __future__ import annotations

import functools
import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Protocol

from apps.core.keys import is_key
from apps.core.languages import Language
from apps.planfile.domain.calendar import Edge, PlanMonths
from apps.planfile.domain.problems import Code, ValueRefusedError
from apps.planfile.domain.tree import Fields, Node, Scalar

LANGUAGES = tuple(code.value for code in Language)
_CODE = re.compile(r"\d[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,40})?", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
DAY_PATTERN = r"^([Mm]\d{1,3}(\.\d{1,2})?|\d{4}-\d{2}-\d{2})$"
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value depends on: the plan's months and the language that is loaded."""

    months: PlanMonths
    language: str


class Kind(Protocol):
    """One kind of value."""

    def read(self, node: Node, context: Context) -> Any:
        """The value of `node`; raises ValueRefusedError."""

    def schema(self) -> Schema:
        """The JSON Schema of the value as it is written."""


def _scalar(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise ValueRefusedError(Code.NOT_A_TEXT)
    return node.text.strip()


def _limited(text: str, limit: int) -> str:
    if not text:
        raise ValueRefusedError(Code.FIELD_EMPTY)
    if len(text) > limit:
        raise ValueRefusedError(Code.TEXT_TOO_LONG, length=len(text), limit=limit)
    return text


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or one text a language: `{en: …, zh-hans: …}`."""

    limit: int = 200

    def read(self, node: Node, context: Context) -> str:
        """The text in the language that is loaded."""
        if isinstance(node, Scalar):
            return _limited(node.text.strip(), self.limit)
        if not isinstance(node, Fields):
            raise ValueRefusedError(Code.NOT_A_TEXT)
        chosen: Node | None = None
        for name, value in node.pairs:
            if name.text not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                raise ValueRefusedError(Code.NOT_A_CHOICE, value=name.text, choices=known)
            if name.text == context.language:
                chosen = value
        if chosen is None:
            raise ValueRefusedError(Code.TEXT_LANGUAGE, language=context.language)
        return _limited(_scalar(chosen), self.limit)

    def schema(self) -> Schema:
        """A string, or a mapping of languages."""
        return {"$ref": "#/$defs/text"}


@dataclass(frozen=True, slots=True)
class Key:
    """What a thing is called by, for ever: letters, digits, hyphen and underscore."""

    of: str = ""
    """The list of the file that the key must be found in; empty for the key of the entry itself."""

    def read(self, node: Node, context: Context) -> str:
        """The key as written."""
        text = _scalar(node)
        if _CODE.fullmatch(text):
            raise ValueRefusedError(Code.KEY_WITH_DOT, value=text[:80])
        if not is_key(text):
            raise ValueRefusedError(Code.NOT_A_KEY, value=text[:80])
        return text

    def schema(self) -> Schema:
        """A string of those characters."""
        return {"$ref": "#/$defs/key"}


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number with at most 12 digits before and `decimals` after the point."""

    least: str = ""
    most: str = ""
    decimals: int = 6

    def read(self, node: Node, context: Context) -> Decimal:
        """The exact decimal value."""
        text = _scalar(node)
        if not _NUMBER.fullmatch(text):
            raise ValueRefusedError(Code.NOT_A_NUMBER, value=text[:80])
        if len(text.partition(".")[2]) > self.decimals:
            raise ValueRefusedError(Code.TOO_MANY_DECIMALS, value=text, decimals=self.decimals)
        value = Decimal(text)
        low, high = Decimal(self.least or "-Infinity"), Decimal(self.most or "Infinity")
        if not low <= value <= high:
            raise ValueRefusedError(Code.NUMBER_RANGE, value=text, least=self.least, most=self.most)
        return value

    def schema(self) -> Schema:
        """A number with its bounds."""
        low = {"minimum": float(self.least)} if self.least else {}
        high = {"maximum": float(self.most)} if self.most else {}
        return {"type": "number", **low, **high}


@dataclass(frozen=True, slots=True)
class Whole:
    least: int
    most: int

    def read(self, node: Node, context: Context) -> int:
        """The value, inside the bounds."""
        text = _scalar(node)
        if not _WHOLE.fullmatch(text):
            raise ValueRefusedError(Code.NOT_WHOLE, value=text[:80])
        if not self.least <= int(text) <= self.most:
            raise ValueRefusedError(Code.NUMBER_RANGE, value=text, least=self.least, most=self.most)
        return int(text)

    def schema(self) -> Schema:
        """An integer with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of an enum, or out of a table of words and what they mean."""

    words: type[StrEnum] | Mapping[str, Enum]

    @property
    def meanings(self) -> Mapping[str, Enum]:
        """Every word, and the enum member it stands for."""
        if isinstance(self.words, Mapping):
            return self.words
        return {word.value: word for word in self.words}

    def read(self, node: Node, context: Context) -> Enum:
        """The enum member."""
        text, meanings = _scalar(node), self.meanings
        if text not in meanings:
            known = ", ".join(meanings)
            raise ValueRefusedError(Code.NOT_A_CHOICE, value=text[:80], choices=known)
        return meanings[text]

    def schema(self) -> Schema:
        """An enum of strings."""
        return {"enum": list(self.meanings)}


@dataclass(frozen=True, slots=True)
class Day:
    """A day: `M4`, `M4.10` or `2025-10-10`."""

    edge: Edge

    def read(self, node: Node, context: Context) -> Any:
        """The date."""
        return context.months.day(_scalar(node), self.edge)

    def schema(self) -> Schema:
        """A string of one of the three forms."""
        return {"$ref": "#/$defs/day"}


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address."""

    def read(self, node: Node, context: Context) -> str:
        """The address as written."""
        text = _scalar(node)
        if len(text) > 254 or not _EMAIL.fullmatch(text):
            raise ValueRefusedError(Code.NOT_AN_EMAIL, value=text[:80])
        return text

    def schema(self) -> Schema:
        """A string with an @."""
        return {"type": "string", "format": "email"}


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name."""

    def read(self, node: Node, context: Context) -> str:
        """The name, when the machine knows the zone."""
        text = _scalar(node)
        if text not in _zones():
            raise ValueRefusedError(Code.NOT_A_ZONE, value=text[:80])
        return text

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string"}


@functools.cache
def _zones() -> frozenset[str]:
    # It looks through all files of the time zone data, so it is asked once.
    return frozenset(zoneinfo.available_timezones())
