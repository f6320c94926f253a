"""Values from other programs: idempotent by key result and day, never overwriting."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.objectives.models import CheckIn, KeyResult
from apps.people.models import User
from tests.build import make_key_result, make_objective

Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def spring() -> Any:
    with time_machine.travel("2026-03-04T03:00Z", tick=False):
        yield


@pytest.fixture
def key_result(plan: Any, viewer: User) -> KeyResult:
    return make_key_result(make_objective(plan), owner=viewer)


@pytest.fixture
def send(client: Client, key_result: KeyResult) -> Send:
    """``send(person, value="44")`` reports it as that person."""

    def post(person: User, **values: Any) -> Any:
        client.force_login(person)
        sent = {"key_result": "retention", "for_on": "2026-03-03", "value": "44", **values}
        url = f"/api/plans/{key_result.plan.key}/check-ins/"
        return client.post(url, sent, content_type="application/json")

    return post


def test_a_value_is_kept_once(send: Send, viewer: User) -> None:
    first, second = send(viewer, confidence=7), send(viewer, confidence=7)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    row = CheckIn.objects.get()
    assert (row.value, row.confidence, row.entered_by) == (44, 7, viewer)


def test_another_value_of_the_day_is_shown_and_not_overwritten(
    send: Send, viewer: User, pmo: User
) -> None:
    send(pmo, value="44.5")
    answer = send(viewer, value="46")
    assert answer.status_code == 409
    assert (answer.json()["value"], answer.json()["entered_by"]) == ("44.5", pmo.username)
    assert CheckIn.objects.get().value == 44.5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": "NaN"}, "value"),
        ({"value": "1e400"}, "value"),
        ({"value": "many"}, "value"),
        ({"value": "1e1"}, "value"),
        ({"value": "1_000"}, "value"),
        ({"value": "٤٤"}, "value"),
        ({"value": "12,5"}, "value"),
        ({"value": ""}, "value"),
        ({"value": True}, "value"),
        ({"value": [44]}, "value"),
        ({"value": 1e300}, "value"),
        ({"value": 44.1234567}, "value"),
        ({"confidence": 11}, "confidence"),
        ({"for_on": "2026-03-05"}, "for_on"),
        ({"for_on": "2025-12-01"}, "for_on"),
        ({"for_on": "soon"}, "for_on"),
        ({"key_result": ""}, "key_result"),
        ({"confidance": 7}, "non_field_errors"),
    ],
)
def test_what_is_wrong_is_said_by_field(
    send: Send, viewer: User, values: dict[str, Any], field: str
) -> None:
    answer = send(viewer, **values)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("value", [4400.5, "4400.5", "4,400.5", "4400.5 %", " ４４００．５ "])
def test_text_is_read_as_in_my_week(send: Send, viewer: User, value: object) -> None:
    assert send(viewer, value=value).status_code == 201
    assert CheckIn.objects.get().value == 4400.5


@pytest.mark.parametrize(
    ("rules", "value", "sentence"),
    [
        ({"unit": "days"}, -1, "“-1” is below zero; that cannot be counted in days."),
        ({"kind": "binary", "unit": ""}, 2, "Type yes or no (1 or 0), not “2”."),
    ],
)
def test_the_key_result_s_own_rules_hold_for_numbers_too(
    send: Send, key_result: KeyResult, viewer: User, *, rules: Any, value: int, sentence: str
) -> None:
    KeyResult.objects.update(**rules)
    answer = send(viewer, value=value)
    assert (answer.status_code, answer.json()) == (400, {"value": [sentence]})


def test_a_worse_value_needs_its_reason(send: Send, viewer: User) -> None:
    send(viewer, for_on="2026-03-02", value="45")
    answer = send(viewer, value="41")
    assert answer.status_code == 400
    assert list(answer.json()) == ["note"]
    assert send(viewer, value="41", note="a store closed").status_code == 201


def test_somebody_else_s_key_result(
    send: Send, key_result: KeyResult, member: Callable[..., User]
) -> None:
    assert send(member()).status_code == 403
    assert send(member(), key_result="unknown").status_code == 404
    assert not CheckIn.objects.exists()
