"""Comments from other programs: read and written by every member."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.objectives.models import Comment, KeyResult
from apps.objectives.services.comments import comment_add
from apps.outbox.models import Notification
from apps.people.models import User
from tests.api.conftest import ROLES, Send

PATHS = ("objectives/growth/comments/", "key-results/retention/comments/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_member_may_say_something(
    send: Send, key_result: KeyResult, people: dict[str, User], path: str, role: str
) -> None:
    answer = send(role, path, text="Look, @olga and @nobody")
    assert answer.status_code == (404 if role == "stranger" else 201)
    if role == "stranger":
        assert not Comment.objects.exists()
        return
    told, said = answer.json(), Comment.objects.get()
    assert (told["id"], told["author"]) == (said.pk, people[role].username)
    assert told["mentions"] == ([] if role == "owner" else ["olga"])
    assert Notification.objects.exists() == (role != "owner")
    assert (said.objective is None) == path.startswith("key-results")


def test_what_is_sent_again_within_the_hour_is_one(send: Send, key_result: KeyResult) -> None:
    first, again = (send("viewer", PATHS[0], text="Why so late?") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert send("pmo", PATHS[0], text="Why so late?").status_code == 201
    assert send("viewer", PATHS[1], text="Why so late?").status_code == 201
    with time_machine.travel("2026-03-04T04:30Z", tick=False):
        assert send("viewer", PATHS[0], text="Why so late?").status_code == 201


@pytest.mark.parametrize("path", PATHS)
def test_the_list_is_bounded_and_asks_a_fixed_number_of_queries(
    client: Client, key_result: KeyResult, people: dict[str, User], path: str
) -> None:
    on: Any = key_result if path.startswith("key") else key_result.objective
    client.force_login(people["viewer"])
    counts = []
    for numbers in (range(2), range(2, 120)):
        for number in numbers:
            comment_add(on=on, by=people["pmo"], text=f"{number} @olga")
        with CaptureQueriesContext(connection) as queries:
            told = client.get(f"/api/plans/{key_result.plan.key}/{path}").json()
        assert told["count"] == numbers[-1] + 1
        assert told["results"][0]["text"] == f"{numbers[-1]} @olga"
        counts.append(len(queries))
    assert len(told["results"]) == 100
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\n"}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\udfff"}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": ["x"]}, "text"),
        ({"text": {}}, "text"),
        ({"text": None}, "text"),
        ({}, "text"),
        ({"text": "x", "author": "olga"}, "non_field_errors"),
    ],
)
def test_what_is_wrong_is_said_by_field(
    send: Send, key_result: KeyResult, body: dict[str, Any], field: str
) -> None:
    for path in PATHS:
        answer = send("viewer", path, data=body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Comment.objects.exists()


def test_what_is_not_there(send: Send, key_result: KeyResult) -> None:
    assert send("pmo", "objectives/unknown/comments/", text="x").status_code == 404
    assert send("pmo", "key-results/unknown/comments/", "get").status_code == 404
