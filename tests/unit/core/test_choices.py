"""Choices of a column from an enum that knows no labels."""

from enum import IntEnum, StrEnum

import pytest

from apps.core.choices import choices_of, values_of


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


def test_choices_are_plain_values_in_the_order_of_the_enum() -> None:
    found = choices_of(Colour, {Colour.BLUE: "Blue", Colour.RED: "Red"})
    assert found == [("red", "Red"), ("blue", "Blue")]
    assert {type(value) for value, _label in found} == {str}
    assert [type(value) for value in values_of(Size)] == [int, int]


def test_a_word_without_a_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        choices_of(Size, {Size.SMALL: "Small"})
