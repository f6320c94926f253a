"""Milestones are accepted from other programs by the rules of the page."""

from typing import Any

import pytest

from apps.milestones.models import Milestone
from apps.objectives.models import Objective
from apps.people.models import User
from apps.plans.models import Item
from tests.api.conftest import ROLES, Send
from tests.build import make_criteria, make_milestone

PATH = "milestones/live/"


@pytest.fixture
def milestone(objective: Objective, people: dict[str, User]) -> Milestone:
    """Owned by the owner, of the lead's team, with two criteria."""
    made = make_milestone(objective.plan, "live", 60, owner=people["owner"], team=objective.team)
    make_criteria(made, "1", "2")
    return made


def body(milestone: Milestone, count: int = 2, **more: Any) -> dict[str, Any]:
    ids = list(milestone.criteria.values_list("pk", flat=True)[:count])
    return {"criteria": ids, "on": "2026-03-01", "reason": "seen in use", **more}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_mark_and_who_may_accept(
    send: Send, milestone: Milestone, people: dict[str, User], role: str
) -> None:
    marked = send(role, f"{PATH}criteria/", data=body(milestone, 1))
    stranger, viewer = role == "stranger", role == "viewer"
    assert marked.status_code == (404 if stranger else 403 if viewer else 200)
    if marked.status_code == 200:
        told = [(row["met_on"], row["met_by"]) for row in marked.json()]
        assert told == [("2026-03-01", people[role].username), (None, None)]
    accepted = send(role, f"{PATH}accept/", data=body(milestone))
    assert accepted.status_code == (404 if stranger else 200 if role in {"admin", "pmo"} else 403)


def test_acceptance_is_safe_to_repeat_and_can_be_taken_back(
    send: Send, milestone: Milestone
) -> None:
    answers = [send("pmo", f"{PATH}accept/", data=body(milestone)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["state"] == "finished"
    other = send("pmo", f"{PATH}accept/", data=body(milestone, on="2026-03-02"))
    assert (other.status_code, list(other.json())) == (400, ["non_field_errors"])
    assert send("pmo", f"{PATH}reopen/", data={"reason": "it broke"}).json()["state"] == "open"
    again = send("pmo", f"{PATH}reopen/", data={"reason": "twice"})
    assert (again.status_code, list(again.json())) == (400, ["non_field_errors"])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": [10**12]}, "criteria"),
        ({"criteria": [0]}, "criteria"),
        ({"criteria": {"a": 1}}, "criteria"),
        ({"on": "2026-03-05"}, "on"),
        ({"on": "2025-12-31"}, "on"),
        ({"on": 7}, "on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    send: Send, milestone: Milestone, more: dict[str, Any], field: str
) -> None:
    answer = send("pmo", f"{PATH}accept/", data=body(milestone, **more))
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert Item.objects.get(pk=milestone.pk).state == "open"


def test_members_read_the_criteria(read: Send, milestone: Milestone) -> None:
    assert [row["text"] for row in read(f"{PATH}criteria/")] == ["1", "2"]
