"""The end of an objective from other programs: close, archive, restore, copy."""

import datetime as dt
from typing import Any

import pytest

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import ItemState
from tests.api.conftest import ROLES, Send
from tests.build import check_in, make_key_result
from tests.history import is_signed, last_signature

CLOSING = {"grade": "0.7", "note": "Most of it"}
COPY = {"due_on": "2029-12-31", "key_results": [{"key": "retention", "value": "80"}]}
VERBS: dict[str, dict[str, Any]] = {
    "close": CLOSING,
    "archive": {"reason": "paused"},
    "restore": {"reason": "on again"},
    "copy": COPY,
}
MAY = {"admin", "pmo", "lead", "owner"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_end_an_objective(
    send: Send, objective: Objective, key_result: KeyResult, role: str, verb: str
) -> None:
    answer = send(role, f"objectives/{objective.key}/{verb}/", data=VERBS[verb])
    done = 201 if verb == "copy" else 200
    expected = done if role in MAY else 404 if role == "stranger" else 403
    assert answer.status_code == expected
    objective.refresh_from_db()
    assert (objective.closed_on is not None) == (role in MAY and verb == "close")
    assert (objective.archived_at is not None) == (role in MAY and verb == "archive")
    assert Objective.objects.count() == (2 if role in MAY and verb == "copy" else 1)
    if expected == 403:
        assert answer.json()["detail"].startswith("Only administrators, the PMO, the lead of its")


def test_closing_grades_and_cancels_once(
    send: Send, objective: Objective, key_result: KeyResult, people: dict[str, User]
) -> None:
    path = f"objectives/{objective.key}/close/"
    told = send("pmo", path, data=CLOSING).json()
    assert (told["grade"], told["closing_note"]) == ("0.7", "Most of it")
    assert told["closed_on"] == "2026-03-04"
    assert key_result.targets.get().item.state == ItemState.CANCELLED
    row = Objective.objects.get()
    assert is_signed(row, people["pmo"], "Most of it")
    count = row.events.count()
    assert send("lead", path, data=CLOSING).status_code == 200
    assert row.events.count() == count
    other = send("pmo", path, data=CLOSING | {"grade": "0.3"})
    assert other.status_code == 403
    assert "Copy it to go on with it" in other.json()["detail"]


def test_archive_and_restore_are_signed_and_twice_change_nothing(
    send: Send, objective: Objective, key_result: KeyResult, people: dict[str, User]
) -> None:
    path = f"objectives/{objective.key}"
    for verb, state in (("archive", ItemState.PAUSED), ("restore", ItemState.OPEN)):
        reason = VERBS[verb]["reason"]
        for role in ("owner", "pmo"):
            told = send(role, f"{path}/{verb}/", reason=reason)
            assert told.status_code == 200
            assert (told.json()["archived_at"] is not None) == (verb == "archive")
        assert is_signed(Objective.objects.get(), people["owner"], reason)
        assert key_result.targets.get().item.state == state


def test_a_copy_takes_the_chosen_key_results_and_is_made_once(
    send: Send, objective: Objective, key_result: KeyResult, people: dict[str, User]
) -> None:
    check_in(key_result, {7: "44"})
    make_key_result(objective, "left-behind")
    path, body = f"objectives/{objective.key}/copy/", COPY | {"key": "next", "name": "Next"}
    first, again = send("owner", path, data=body), send("owner", path, data=body)
    assert (first.status_code, again.status_code) == (201, 200)
    told = first.json()
    assert (told["key"], told["copied_from"], told["owner"]) == ("next", objective.key, "olga")
    copy = Objective.objects.get(key="next")
    (member,) = copy.key_results.all()
    target = member.targets.get()
    assert (member.baseline, target.value, target.due_on) == (44, 80, dt.date(2029, 12, 31))
    assert last_signature(copy) == (people["owner"].pk, f"copied from {objective.key}")
    for other in (
        {"name": "Other"},
        {"due_on": "2030-01-31"},
        {"starts_from_last": False},
        {"key_results": []},
    ):
        assert send("pmo", path, data=body | other).status_code == 409
    assert Objective.objects.count() == 2


def test_a_closed_one_is_copied_too(
    send: Send, objective: Objective, key_result: KeyResult
) -> None:
    send("pmo", f"objectives/{objective.key}/close/", data=CLOSING)
    body = {"due_on": "2029-12-31", "key_results": [], "has_people": False}
    told = send("pmo", f"objectives/{objective.key}/copy/", data=body).json()
    assert (told["closed_on"], told["owner"], told["team"]) == (None, None, None)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("close", {"grade": "0.75"}, "grade"),
    ("close", {"grade": "1.1"}, "grade"),
    ("close", {"grade": "-0.1"}, "grade"),
    ("close", {"grade": "NaN"}, "grade"),
    ("close", {"grade": "1e400"}, "grade"),
    ("close", {"grade": []}, "grade"),
    ("close", {"grade": None}, "grade"),
    ("close", {"note": " "}, "note"),
    ("close", {"note": "a\0b"}, "note"),
    ("close", {"reason": "x"}, "non_field_errors"),
    ("archive", {"reason": " "}, "reason"),
    ("archive", {"reason": ["x"]}, "reason"),
    ("archive", {"why": "x"}, "non_field_errors"),
    ("restore", {"reason": {}}, "reason"),
    ("copy", {"due_on": "soon"}, "due_on"),
    ("copy", {"due_on": "0001-01-01"}, "due_on"),
    ("copy", {"due_on": "9999-12-31"}, "due_on"),
    ("copy", {"due_on": "2020-01-01"}, "key_results"),
    ("copy", {"due_on": ["2029-12-31"]}, "due_on"),
    ("copy", {"key_results": {"key": "retention"}}, "key_results"),
    ("copy", {"key_results": ["retention"]}, "key_results"),
    ("copy", {"key_results": [{"key": "unknown", "value": 1}]}, "key_results"),
    ("copy", {"key_results": [{"key": "retention"}]}, "key_results"),
    ("copy", {"key_results": [{"key": "retention", "value": 40}]}, "key_results"),
    ("copy", {"key_results": [{"key": "retention", "value": "Infinity"}]}, "key_results"),
    ("copy", {"key_results": [{"key": "retention", "value": 1}] * 2}, "key_results"),
    ("copy", {"key_results": [{"key": "retention", "value": 80}] * 201}, "key_results"),
    ("copy", {"key_results": [{"key": "retention", "value": 80, "x": 1}]}, "key_results"),
    ("copy", {"has_people": "perhaps"}, "has_people"),
    ("copy", {"starts_from_last": None}, "starts_from_last"),
    ("copy", {"starts_from_last": [1]}, "starts_from_last"),
    ("copy", {"name": ""}, "name"),
    ("copy", {"key": "a b"}, "key"),
]


@pytest.mark.parametrize(("verb", "values", "field"), WRONG)
@pytest.mark.usefixtures("key_result")
def test_what_is_wrong_is_said_by_field(
    send: Send,
    objective: Objective,
    verb: str,
    values: dict[str, Any],
    field: str,
) -> None:
    answer = send("pmo", f"objectives/{objective.key}/{verb}/", data=VERBS[verb] | values)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    row = Objective.objects.get()
    assert (row.closed_on, row.archived_at) == (None, None)


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_sent_is_refused(send: Send, objective: Objective, verb: str) -> None:
    assert send("pmo", f"objectives/{objective.key}/{verb}/").status_code == 400
    assert send("pmo", f"objectives/unknown/{verb}/", data=VERBS[verb]).status_code == 404
