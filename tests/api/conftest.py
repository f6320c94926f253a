"""One plan with a team, and somebody of every role, for the API's writes."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan, Role, Team
from tests.build import make_key_result, make_objective, make_user

ROLES = ("admin", "pmo", "lead", "owner", "viewer", "stranger")
Send = Callable[..., Any]


@pytest.fixture
def spring() -> Any:
    with time_machine.travel("2026-03-04T03:00Z", tick=False):
        yield


@pytest.fixture
def people(
    plan: Plan, team: Team, pmo: User, viewer: User, member: Callable[..., User]
) -> dict[str, User]:
    """Somebody of each role; the lead is that of the team, the owner that of the objective."""
    return {
        "admin": member(Role.ADMIN),
        "pmo": pmo,
        "lead": member(Role.LEAD, team=team),
        "owner": member(username="olga"),
        "viewer": viewer,
        "stranger": make_user(),
    }


@pytest.fixture
def objective(spring: None, plan: Plan, team: Team, people: dict[str, User]) -> Objective:
    """Of the team, with an owner."""
    return make_objective(plan, team=team, owner=people["owner"])


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    """From 42 to 65 % by the end of 2028."""
    return make_key_result(objective, owner=objective.owner, team=objective.team)


@pytest.fixture
def send(client: Client, plan: Plan, people: dict[str, User]) -> Send:
    """``send("pmo", "objectives/", name="Grow")`` posts it as that person."""

    def call(role: str, path: str, method: str = "post", data: Any = None, **fields: Any) -> Any:
        client.force_login(people[role])
        body = fields if data is None else data
        url = f"/api/plans/{plan.key}/{path}"
        return getattr(client, method)(url, body, content_type="application/json")

    return call


@pytest.fixture
def read(client: Client, plan: Plan, people: dict[str, User]) -> Send:
    """``read("objectives/")``: what a member gets, as Python data."""

    def call(path: str, role: str = "viewer") -> Any:
        client.force_login(people[role])
        answer = client.get(f"/api/plans/{plan.key}/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    return call
