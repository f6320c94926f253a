"""What is refused has one shape (RFC 9457), and the fields stand where they always stood."""

from typing import Any

import pytest
from django.test import Client

from apps.objectives.models import Objective
from tests.api.conftest import Send

MEMBERS = {"type": "about:blank", "title": "Bad Request", "status": 400}


def test_fields_stand_beside_the_members_of_a_problem(send: Send) -> None:
    answer = send("pmo", "objectives/", name="")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body == {**body, **MEMBERS}
    assert body["errors"]["name"] == body["name"]
    assert body["detail"] in body["name"]


def test_a_name_that_a_problem_has_itself_is_told_among_the_errors(read: Any, send: Send) -> None:
    answer = send("viewer", "tasks/?status=late", "get")
    body = answer.json()
    assert body["status"] == 400
    assert "status" in body["detail"]
    assert list(body["errors"]) == ["status"]


@pytest.mark.parametrize(
    ("role", "path", "status", "title"),
    [
        ("viewer", "objectives/", 403, "Forbidden"),
        ("stranger", "objectives/", 404, "Not Found"),
        ("pmo", "phases/", 405, "Method Not Allowed"),
    ],
)
def test_who_may_not_is_told_so_in_the_same_shape(
    send: Send, objective: Objective, *, role: str, path: str, status: int, title: str
) -> None:
    answer = send(role, path, name="More")
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body.keys() == {"type", "title", "status", "detail"}
    assert (body["status"], body["title"]) == (status, title)
    assert body["detail"]


def test_a_browser_sees_a_page(send: Send, client: Client, objective: Objective) -> None:
    send("viewer", "tasks/", "get")
    answer = client.get(f"/api/plans/{objective.plan.key}/tasks/?levl=red", HTTP_ACCEPT="text/html")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")


def test_json_that_is_none_is_a_problem_too(send: Send) -> None:
    body = send("pmo", "objectives/", data="{").json()
    assert body == {**body, **MEMBERS}
    assert "JSON parse error" in body["detail"]
    assert "errors" not in body


def test_something_else_than_an_object_is_told_of_no_field(send: Send) -> None:
    body = send("pmo", "objectives/", data=[1]).json()
    assert body["errors"] == {"non_field_errors": body["non_field_errors"]}
