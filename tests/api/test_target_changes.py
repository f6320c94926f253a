"""Requests to change targets from other programs: made once, previewed, decided once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.approvals.models import ChangeRequest
from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from tests.api.conftest import ROLES, Send
from tests.build import check_in, day
from tests.history import is_signed

PATH = "target-changes/"
MAY = {"admin", "pmo", "lead", "owner"}


def target_key(key_result: KeyResult) -> str:
    return key_result.targets.select_related("item").get().item.key


def move(key_result: KeyResult, **more: Any) -> dict[str, Any]:
    body = {"key_result": key_result.key, "kind": "move", "target": target_key(key_result)}
    return {**body, "value": 60, "due_on": "2028-12-31", "reason": "supplier is late", **more}


def further(key_result: KeyResult, **more: Any) -> dict[str, Any]:
    body = {"key_result": key_result.key, "kind": "add", "reason": "a step between"}
    return {**body, "value": "50.5", "due_on": "2027-06-30", **more}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_ask(send: Send, key_result: KeyResult, people: dict[str, User], role: str) -> None:
    answer = send(role, PATH, data=move(key_result))
    assert answer.status_code == (201 if role in MAY else 404 if role == "stranger" else 403)
    if role in MAY:
        told = answer.json()
        assert (told["old_value"], told["new_value"]) == ("65", "60")
        assert (told["decision"], told["target"]) == ("pending", target_key(key_result))
        asked = ChangeRequest.objects.get(pk=told["id"])
        assert is_signed(asked, people[role], "supplier is late")


def test_the_same_request_is_made_once(send: Send, key_result: KeyResult) -> None:
    answers = [send("owner", PATH, data=further(key_result)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    other = send("owner", PATH, data=further(key_result, value=51))
    assert "is waiting for the PMO" in str(other.json())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": None}, "value"),
        ({"value": 40}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e400"}, "value"),
        ({"value": []}, "value"),
        ({"due_on": None}, "due_on"),
        ({"due_on": "2025-01-01"}, "due_on"),
        ({"due_on": "2028-12-31"}, "due_on"),
        ({"reason": ""}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"kind": "wish"}, "kind"),
        ({"kind": {}}, "kind"),
        ({"more": 1}, "non_field_errors"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    send: Send, key_result: KeyResult, more: dict[str, Any], field: str
) -> None:
    answer = send("pmo", PATH, data=further(key_result, **more))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("target", ["", "nothing", "x\x00"])
def test_a_target_that_is_not_there(send: Send, key_result: KeyResult, target: str) -> None:
    answer = send("pmo", PATH, data=move(key_result, target=target))
    assert answer.status_code in (400, 404)


def test_from_preview_to_approval(
    send: Send, read: Send, key_result: KeyResult, people: dict[str, User]
) -> None:
    check_in(key_result, {40: "43"})
    asked = send("owner", PATH, data=further(key_result)).json()
    shown = read(f"{PATH}{asked['id']}/preview/")
    assert [row["due_on"] for row in shown["targets"]] == ["2027-06-30", "2028-12-31"]
    assert key_result.targets.count() == 1
    url = f"{PATH}{asked['id']}/approve/"
    assert send("owner", url, data={}).status_code == 403
    first, again = send("pmo", url, data={"note": "good"}), send("pmo", url, data={})
    assert (first.status_code, again.status_code) == (200, 200)
    told = first.json()
    assert (told["decision"], told["decided_by"], told["decision_note"]) == (
        "approved",
        people["pmo"].username,
        "good",
    )
    assert key_result.targets.get(item__key=told["target"]).due_on == day(546)
    late = send("admin", f"{PATH}{asked['id']}/reject/", data={"note": "no"})
    assert (late.status_code, late.json()["decision"]) == (409, "approved")
    gone = send("pmo", f"{PATH}{asked['id']}/preview/", "get")
    assert (gone.status_code, list(gone.json()["errors"])) == (400, ["non_field_errors"])


@pytest.fixture
def two_targets(send: Send, key_result: KeyResult) -> KeyResult:
    """A key result whose second target may be given up."""
    asked = send("owner", PATH, data=further(key_result)).json()
    send("pmo", f"{PATH}{asked['id']}/approve/", data={})
    return key_result


def wish(key_result: KeyResult, kind: str) -> dict[str, Any]:
    """A request of each kind, about the first target or one before it."""
    first = key_result.targets.select_related("item").earliest("due_on").item.key
    if kind == "add":
        return further(key_result, due_on="2026-12-31", value=45)
    body = {"key_result": key_result.key, "kind": kind, "target": first, "reason": "it is late"}
    return body if kind == "drop" else {**body, "value": "51", "due_on": "2027-09-30"}


@pytest.mark.parametrize("kind", ["move", "add", "drop"])
def test_each_kind_through_its_life(
    send: Send, read: Send, two_targets: KeyResult, kind: str
) -> None:
    def days() -> list[str]:
        rows = two_targets.targets.exclude(item__state="cancelled").order_by("due_on")
        return [str(row.due_on) for row in rows]

    body, before = wish(two_targets, kind), days()
    after = {
        "move": ["2027-09-30", "2028-12-31"],
        "add": ["2026-12-31", *before],
        "drop": ["2028-12-31"],
    }[kind]
    for act, by, decision in (
        ("withdraw", "owner", "withdrawn"),
        ("reject", "pmo", "rejected"),
        ("approve", "pmo", "approved"),
    ):
        asked = send("owner", PATH, data=body)
        assert (asked.status_code, asked.json()["kind"]) == (201, kind)
        url = f"{PATH}{asked.json()['id']}/"
        assert [row["due_on"] for row in read(f"{url}preview/")["targets"]] == after
        assert days() == before
        told = send(by, f"{url}{act}/", data={"note": "so be it"})
        assert (told.status_code, told.json()["decision"]) == (200, decision)
        assert read(url) == told.json()
    assert days() == after
    found = read(f"{PATH}?kind={kind}&decision=rejected&decision=withdrawn")["results"]
    assert [row["decision"] for row in found] == ["rejected", "withdrawn"]
    assert {row["kind"] for row in found} == {kind}


def test_a_number_that_cannot_be_one_of_the_key_result(send: Send, key_result: KeyResult) -> None:
    KeyResult.objects.update(unit="stores")
    answer = send("owner", PATH, data=further(key_result, value="-1"))
    sentence = "“-1” is below zero; that cannot be counted in stores."
    assert (answer.status_code, answer.json()["errors"]) == (400, {"value": [sentence]})


def test_a_day_that_no_plan_has(send: Send, key_result: KeyResult) -> None:
    answer = send("owner", PATH, data=further(key_result, due_on="2201-01-01"))
    assert answer.json()["errors"] == {"due_on": ["Write a day between 1970 and 2200."]}
    missing = further(key_result)
    del missing["due_on"]
    assert send("owner", PATH, data=missing).json()["errors"] == {
        "due_on": ["This field is required."]
    }
    given_up = {"key_result": key_result.key, "kind": "drop", "reason": "no market"}
    assert send("owner", PATH, data=given_up).status_code == 404


def test_what_is_archived_meanwhile_is_not_approved(send: Send, key_result: KeyResult) -> None:
    one = send("owner", PATH, data=further(key_result)).json()["id"]
    two = send("owner", PATH, data=further(key_result, due_on="2027-07-31")).json()["id"]
    Objective.objects.update(archived_at="2026-01-01T00:00Z")
    refused = send("pmo", f"{PATH}{one}/approve/", data={})
    assert refused.json()["errors"] == {
        "non_field_errors": ["The objective is closed or archived already."]
    }
    assert send("pmo", f"{PATH}{one}/reject/", data={"note": "gone"}).status_code == 200
    assert send("owner", f"{PATH}{two}/withdraw/", data={}).status_code == 200


def test_a_rejection_says_why(send: Send, key_result: KeyResult) -> None:
    asked = send("owner", PATH, data=further(key_result)).json()
    url = f"{PATH}{asked['id']}/reject/"
    assert list(send("pmo", url, data={}).json()["errors"]) == ["note"]
    assert send("pmo", url, data={"note": "not now"}).json()["decision"] == "rejected"


def test_only_who_asked_withdraws(send: Send, key_result: KeyResult) -> None:
    asked = send("owner", PATH, data=further(key_result)).json()
    url = f"{PATH}{asked['id']}/withdraw/"
    assert send("pmo", url, data={}).status_code == 403
    assert send("owner", url, data={}).json()["decision"] == "withdrawn"


def test_the_last_target_is_not_given_up(send: Send, key_result: KeyResult) -> None:
    body = {"key_result": key_result.key, "kind": "drop", "target": target_key(key_result)}
    answer = send("pmo", PATH, data={**body, "reason": "no market"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["non_field_errors"])


def test_the_list_asks_a_fixed_number_of_queries(
    send: Send, read: Send, key_result: KeyResult
) -> None:
    counts = []
    for months in (range(1, 3), range(3, 10)):
        for month in months:
            send("owner", PATH, data=further(key_result, due_on=f"2027-0{month}-28"))
        with CaptureQueriesContext(connection) as asked:
            rows = read(f"{PATH}?decision=pending&key_result={key_result.key}")["results"]
        counts.append(len(asked))
    assert len(rows) == 9
    assert counts[0] == counts[1]
