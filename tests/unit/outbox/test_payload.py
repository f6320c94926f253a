"""A payload refuses what is not of its types: a message that cannot be read says so by itself."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from apps.outbox.domain.payload import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Payload):
    text: str
    count: int
    is_true: bool
    share: Decimal
    on: dt.date


SAID = Sample(text="a", count=1, is_true=True, share=Decimal("0.5"), on=dt.date(2026, 1, 1))


def test_what_is_written_is_read_again() -> None:
    assert Sample.from_json(SAID.to_json()) == SAID


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 1},
        {"text": None},
        {"count": {"id": 1}},
        {"count": "1"},
        {"is_true": 1},
        {"share": "abc"},
        {"on": "soon"},
        {"version": 2},
    ],
)
def test_another_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        Sample.from_json(SAID.to_json() | wrong)


def test_an_older_version_that_needs_no_change_is_read_as_it_is() -> None:
    class Later(Sample):
        VERSION = 2

    old = SAID.to_json()
    assert old["version"] == 1
    assert Later.from_json(old).text == "a"
    assert Later.from_json(old).to_json() == old | {"version": 2}
