"""A kind of message of the tests' own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from apps.outbox import kinds
from apps.outbox.domain.payload import Payload
from apps.outbox.kinds import Kind, Waiting, register_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Payload):
    """A line of text."""

    text: str


@pytest.fixture
def note_kind() -> Iterator[dict[str, object]]:
    """A kind ``note``; set ``concerned`` to make it fail or leave something out."""
    asked: dict[str, object] = {"concerned": "says yes"}

    def concerned(waiting: Sequence[Waiting[Note]]) -> Mapping[int, Note]:
        if asked["concerned"] == "fails":
            raise ZeroDivisionError("nobody knows")
        if asked["concerned"] == "shortens":
            return {one.row.pk: Note(text=one.payload.text.split()[0]) for one in waiting}
        return {one.row.pk: one.payload for one in waiting}

    register_kind(
        Kind(
            name="note",
            label="Note",  # type: ignore[arg-type]
            template="mail/account",
            payload=Note,
            subject=lambda payload: payload.text,
            context=lambda payload, _reader: {"lead": payload.text},
            concerned=concerned,
        )
    )
    yield asked
    del kinds._KINDS["note"]
