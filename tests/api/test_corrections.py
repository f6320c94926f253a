"""Corrections from other programs: beside the row in force, never over it."""

from typing import Any

import pytest

from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.people.models import User
from apps.plans.models import ItemState
from tests.api.conftest import ROLES, Send
from tests.build import LAST_DAY, check_in, make_key_result
from tests.history import is_signed

RIGHT = {"value": "43.5", "reason": "a store was counted twice"}
MAY = {"admin", "pmo", "lead", "owner"}


@pytest.fixture
def wrong(key_result: KeyResult) -> CheckIn:
    """Reported on 7 January with some confidence."""
    check_in(key_result, {7: "66"}, confidence=6)
    return CheckIn.objects.get()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_correct(send: Send, wrong: CheckIn, people: dict[str, User], role: str) -> None:
    answer = send(role, f"check-ins/{wrong.pk}/correct/", data=RIGHT)
    assert answer.status_code == (201 if role in MAY else 404 if role == "stranger" else 403)
    assert CheckIn.objects.count() == (2 if role in MAY else 1)
    if role in MAY:
        told = answer.json()
        assert (told["value"], told["corrects"], told["confidence"]) == ("43.5", wrong.pk, 6)
        assert (told["entered_by"], told["note"]) == (people[role].username, RIGHT["reason"])


def test_what_the_wrong_value_had_met_is_open_again(
    send: Send, wrong: CheckIn, key_result: KeyResult, people: dict[str, User]
) -> None:
    assert key_result.targets.get().item.state == ItemState.FINISHED
    send("owner", f"check-ins/{wrong.pk}/correct/", data=RIGHT)
    item = key_result.targets.get().item
    assert item.state == ItemState.OPEN
    assert is_signed(item, people["owner"], RIGHT["reason"])


def test_it_is_made_once_and_only_of_the_row_in_force(send: Send, wrong: CheckIn) -> None:
    path = f"check-ins/{wrong.pk}/correct/"
    first, again = send("owner", path, data=RIGHT), send("owner", path, data=RIGHT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for role, body in (("pmo", RIGHT), ("owner", RIGHT | {"value": "44"})):
        late = send(role, path, data=body)
        assert (late.status_code, late.json()["id"]) == (409, first.json()["id"])
    follow = send("pmo", f"check-ins/{first.json()['id']}/correct/", value=44, reason="again")
    assert (follow.status_code, follow.json()["corrects"]) == (201, first.json()["id"])
    assert CheckIn.objects.count() == 3


def test_a_confidence_can_be_taken_back(send: Send, wrong: CheckIn) -> None:
    body = RIGHT | {"confidence": None}
    assert send("pmo", f"check-ins/{wrong.pk}/correct/", data=body).json()["confidence"] is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": "many"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": 10**14}, "value"),
        ({"value": []}, "value"),
        ({"value": None}, "value"),
        ({"value": 66}, "non_field_errors"),
        ({"confidence": 11}, "confidence"),
        ({"confidence": 10**30}, "confidence"),
        ({"confidence": {}}, "confidence"),
        ({"reason": ""}, "reason"),
        ({"reason": "a\0"}, "reason"),
        ({"for_on": "2026-01-08"}, "non_field_errors"),
    ],
)
def test_what_is_wrong_is_said_by_field(
    send: Send, wrong: CheckIn, values: dict[str, Any], field: str
) -> None:
    answer = send("pmo", f"check-ins/{wrong.pk}/correct/", data=RIGHT | values)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert CheckIn.objects.count() == 1


def test_what_is_not_there_or_closed(send: Send, wrong: CheckIn) -> None:
    for pk in (wrong.pk + 1, 10**30):
        assert send("pmo", f"check-ins/{pk}/correct/", data=RIGHT).status_code == 404
    send("pmo", "objectives/growth/close/", grade="0.5", note="Done")
    assert send("pmo", f"check-ins/{wrong.pk}/correct/", data=RIGHT).status_code == 403


@pytest.mark.parametrize("value", [7, -5, 0.5, "2"])
def test_a_correction_follows_the_rules_of_its_key_result(
    send: Send, objective: Objective, value: object
) -> None:
    targets = ((LAST_DAY, None),)
    done = make_key_result(objective, "live", kind="binary", baseline=None, targets=targets)
    check_in(done, {7: "0"})
    row = done.check_ins.get()
    answer = send("pmo", f"check-ins/{row.pk}/correct/", value=value, reason="typing error")
    assert (answer.status_code, list(answer.json())) == (400, ["value"])
    assert send("pmo", f"check-ins/{row.pk}/correct/", value=1, reason="it is").status_code == 201
