"""Choices of a model's column from an enum of the domain, which knows no labels."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=Enum)


def choices_of(words: type[Word], labels: Mapping[Word, Any]) -> list[tuple[Any, Any]]:
    """(value, label) of every word, in the order of the enum. Raises KeyError without a label."""
    return [(word.value, labels[word]) for word in words]


def values_of(words: type[Enum]) -> list[Any]:
    """The values as the database keeps them."""
    return [word.value for word in words]
