"""Every payload of every version stays readable: a stored sample each, in both languages."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from apps.outbox.domain.payload import Payload, PlanName
from apps.outbox.kinds import kind_of, kinds
from apps.outbox.models import Notification
from apps.outbox.services.letters import letter
from apps.people.models import User

SAMPLES = sorted((Path(__file__).parent / "payloads").glob("*.json"))


def test_there_is_a_sample_of_each_version_of_each_kind() -> None:
    wanted = {
        f"{kind.name}.v{version}.json"
        for kind in kinds()
        for version in range(1, kind.payload.VERSION + 1)
    }
    assert {path.name for path in SAMPLES} == wanted


def read(path: Path) -> tuple[str, dict[str, Any]]:
    return path.name.partition(".")[0], json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_read_back(path: Path) -> None:
    name, data = read(path)
    kind = kind_of(name)
    assert kind is not None
    payload = kind.payload.from_json(data)
    again = json.loads(json.dumps(payload.to_json()))
    assert kind.payload.from_json(again) == payload
    if data["version"] == kind.payload.VERSION:
        assert again == data


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_put_into_words(path: Path, language: str) -> None:
    name, data = read(path)
    user = User(pk=1, username="wei", language=language, time_zone="Asia/Shanghai")
    words = letter(Notification(kind=name, payload=data, recipient=user))
    assert words.subject
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in words.html
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in words.subject)
    assert is_chinese == (language == "zh-hans")
    for text in (words.subject, words.text, words.html):
        assert "None" not in text


def test_an_older_version_is_turned_into_the_next_and_a_newer_one_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Thing(Payload):
        VERSION: ClassVar[int] = 3
        name: str
        size: int

        @classmethod
        def upgraded(cls, data: dict[str, Any], version: int) -> dict[str, Any]:
            if version == 1:
                return {"name": data["title"]}
            return data | {"size": 0}

    assert Thing.from_json({"version": 1, "title": "a"}) == Thing(name="a", size=0)
    assert Thing.from_json({"version": 2, "name": "a"}) == Thing(name="a", size=0)
    with pytest.raises(ValueError, match="newer"):
        Thing.from_json({"version": 4, "name": "a", "size": 1})


def test_a_payload_is_plain_json() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Thing(Payload):
        plan: PlanName
        on: dt.date
        at: dt.datetime | None
        value: Decimal | None
        parts: tuple[PlanName, ...]

    at = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    name = PlanName(key="k", name="n")
    thing = Thing(plan=name, on=at.date(), at=at, value=Decimal("1.50"), parts=(name,))
    assert thing.to_json() == {
        "version": 1,
        "plan": {"key": "k", "name": "n"},
        "on": "2026-01-02",
        "at": "2026-01-02T03:04:00+00:00",
        "value": "1.50",
        "parts": [{"key": "k", "name": "n"}],
    }
    assert Thing.from_json(json.loads(json.dumps(thing.to_json()))) == thing
    empty = Thing(plan=name, on=at.date(), at=None, value=None, parts=())
    assert Thing.from_json(empty.to_json()) == empty
