"""What is owed by whoever asks, and how reliably updates come, as the API gives it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.cadence.services import duties_close, duties_open
from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan, Role, Team
from tests.build import (
    add_member,
    at,
    check_in,
    make_absence,
    make_member,
    make_milestone,
    make_tasks,
    make_user,
)
from tests.services.cadence.conftest import Clock, clock, owner, rising_key_result

__all__ = ["clock", "owner"]  # fixtures

Read = Callable[..., Any]


@pytest.fixture
def lead(plan: Plan, team: Team) -> User:
    """The lead of the team."""
    return make_member(plan, Role.LEAD, team=team)


@pytest.fixture
def history(plan: Plan, owner: User, team: Team, clock: Clock) -> KeyResult:
    """Two weeks of a key result: on time, then missed; the third runs."""
    add_member(plan, owner)
    key_result = rising_key_result(plan, owner=owner, team=team)
    clock.set(2)
    check_in(key_result, {2: 1}, is_entered_now=True)
    clock.set(16)
    duties_open(plan_id=plan.pk, now=at(16))
    duties_close(now=at(16))
    return key_result


@pytest.fixture
def read(client: Client, plan: Plan) -> Read:
    """``read(person, "week/")``: what that person gets."""

    def get(person: User, path: str, status: int = 200) -> Any:
        client.force_login(person)
        answer = client.get(f"/api/plans/{plan.key}/{path}")
        assert answer.status_code == status, answer.content
        return answer.json()

    return get


def test_discipline_is_read_by_plan_team_and_person(
    team: Team, owner: User, viewer: User, history: KeyResult, read: Read
) -> None:
    told = read(viewer, "discipline/")
    lines = told["results"]
    assert [(line["kind"], line["key"]) for line in lines] == [
        ("plan", history.plan.key),
        ("team", team.key),
        ("person", owner.username),
    ]
    for line in lines:
        assert (line["on_time"], line["missed"], line["on_time_percent"]) == (1, 1, 50.0)
    assert len(lines[0]["weeks"]) == 12
    assert lines[0]["weeks"][-1]["begins_on"] == "2026-01-12"
    assert sum(week["on_time"] for week in lines[0]["weeks"]) == 1
    assert [line["key"] for line in read(viewer, "discipline/?kind=person")["results"]] == [
        owner.username
    ]
    assert len(read(viewer, "discipline/?limit=1&offset=1")["results"]) == 1


@pytest.mark.parametrize("kind", ["everybody", "%00", "person&kind=x"])
def test_a_kind_that_is_none_is_refused(viewer: User, read: Read, kind: str) -> None:
    assert list(read(viewer, f"discipline/?kind={kind}", status=400)) == ["kind"]


def test_nothing_counted_is_no_rate(viewer: User, read: Read) -> None:
    (line,) = read(viewer, "discipline/")["results"]
    assert (line["on_time_percent"], line["silent"]) == (None, 0)


def test_the_week_of_whoever_asks(
    plan: Plan, owner: User, viewer: User, history: KeyResult, read: Read
) -> None:
    make_tasks(plan, make_milestone(plan, "live", 60), 1, owner=owner)
    key_result, task = read(owner, "week/")["results"]
    assert (key_result["kind"], key_result["key"]) == ("key_result", history.key)
    assert key_result["newest_for_on"] == "2026-01-02"
    assert key_result["newest"] == history.check_ins.get().pk
    assert (key_result["is_done"], key_result["due_on"]) == (False, "2026-01-16")
    assert float(key_result["plan_value"]) > 0
    assert (task["kind"], task["value"], task["newest"]) == ("task", None, None)
    assert read(viewer, "week/")["results"] == []


def test_a_delegate_and_a_lead_see_what_they_stand_for(
    lead: User, owner: User, viewer: User, history: KeyResult, read: Read
) -> None:
    assert [row["key"] for row in read(lead, "week/")["results"]] == [history.key]
    make_absence(owner, 16, 17, delegate=viewer)
    assert [row["key"] for row in read(viewer, "week/")["results"]] == [history.key]


@pytest.mark.parametrize("path", ["week/", "discipline/"])
def test_strangers_find_nothing_and_nobody_writes(
    client: Client, plan: Plan, pmo: User, read: Read, path: str
) -> None:
    read(make_user(), path, status=404)
    client.force_login(pmo)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/plans/{plan.key}/{path}").status_code == 405


@pytest.mark.parametrize("path", ["week/", "discipline/"])
def test_it_is_bounded_and_asks_a_fixed_number_of_queries(
    client: Client, plan: Plan, owner: User, history: KeyResult, path: str
) -> None:
    client.force_login(owner)
    milestone = make_milestone(plan, "live", 60)
    counts = []
    for numbers in (range(1, 3), range(3, 20)):
        for number in numbers:
            rising_key_result(plan, f"k{number}", owner=owner)
            rising_key_result(plan, f"p{number}", owner=make_user())
        make_tasks(plan, milestone, numbers[-1], owner=owner)
        milestone = make_milestone(plan, f"m{numbers[-1]}", 60)
        duties_open(plan_id=plan.pk, now=at(16))
        duties_close(now=at(60))
        with CaptureQueriesContext(connection) as queries:
            told = client.get(f"/api/plans/{plan.key}/{path}?limit=5").json()
        assert told["count"] > numbers[-1]
        assert len(told["results"]) <= 5
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13
