"""Requests that cross: the plan is held, so one waits and then sees what the other did."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.objectives.models import CheckIn, Comment, KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import check_in, make_key_result, make_objective

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 5


@pytest.fixture
def key_result(plan: Plan) -> KeyResult:
    return make_key_result(make_objective(plan))


@pytest.fixture
def at_once(plan: Plan, pmo: User) -> Callable[..., list[Any]]:
    """``at_once("post", "objectives/", [body, …])``: each body sent by a client of its own."""

    def send(method: str, path: str, bodies: list[dict[str, Any]]) -> list[Any]:
        clients = [Client() for _body in bodies]
        for client in clients:
            client.force_login(pmo)

        def one(client: Client, body: dict[str, Any]) -> Any:
            try:
                url = f"/api/plans/{plan.key}/{path}"
                return getattr(client, method)(url, body, content_type="application/json")
            finally:
                connection.close()

        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(one, clients, bodies))

    return send


def test_a_key_is_taken_once(at_once: Callable[..., list[Any]]) -> None:
    body = {"key": "mine", "name": "Grow"}
    answers = at_once("post", "objectives/", [body] * AT_ONCE)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: AT_ONCE - 1}
    assert Objective.objects.count() == 1


def test_changes_of_different_fields_do_not_undo_one_another(
    at_once: Callable[..., list[Any]], key_result: KeyResult
) -> None:
    bodies = [{"unit": "m"}, {"note": "counted"}, {"name": "Kept"}, {"check_in_hour": 9}]
    answers = at_once("patch", "key-results/retention/", [b | {"reason": "x"} for b in bodies])
    assert [answer.status_code for answer in answers] == [200] * 4
    row = KeyResult.objects.get()
    assert (row.unit, row.note, row.name, row.check_in_hour) == ("m", "counted", "Kept", 9)


def test_a_row_is_corrected_once(at_once: Callable[..., list[Any]], key_result: KeyResult) -> None:
    check_in(key_result, {7: "66"})
    path = f"check-ins/{CheckIn.objects.get().pk}/correct/"
    answers = at_once("post", path, [{"value": 44 + n, "reason": "x"} for n in range(AT_ONCE)])
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_comment_is_kept_once(at_once: Callable[..., list[Any]], key_result: KeyResult) -> None:
    answers = at_once("post", "key-results/retention/comments/", [{"text": "Why?"}] * AT_ONCE)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: AT_ONCE - 1}
    assert Comment.objects.count() == 1
