"""The pages on which a milestone is accepted and its acceptance taken back."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from apps.milestones.models import AcceptanceCriterion, Milestone
from apps.people.models import User
from apps.plans.models import Item, Plan, Role
from tests.build import make_criteria, make_milestone

SignIn = Callable[[User], Client]
NOON = dt.datetime(2026, 2, 20, 4, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def february() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owner(member: Callable[..., User]) -> User:
    return member(Role.VIEWER, display_name="Olga Owner")


@pytest.fixture
def milestone(plan: Plan, owner: User) -> Milestone:
    made = make_milestone(plan, "live", 60, owner=owner)
    make_criteria(made, "It runs", "It is written down")
    return made


@pytest.fixture
def url(milestone: Milestone) -> str:
    return f"/plans/{milestone.item.plan.key}/milestones/live/"


def form(milestone: Milestone, count: int = 2, **changed: str) -> dict[str, object]:
    rows = [str(row.pk) for row in milestone.criteria.all()[:count]]
    return {"criteria": rows, "on": "2026-02-19", "reason": "seen in use", **changed}


def test_the_owner_marks_and_the_pmo_accepts(
    milestone: Milestone, url: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(owner)
    assert f"{url}acceptance/" in browser.get(url).content.decode()
    page = browser.get(f"{url}acceptance/").content.decode()
    assert "It runs" in page
    assert "Accept the milestone" not in page
    answer = browser.post(f"{url}acceptance/", {**form(milestone, 1), "act": "mark"})
    assert (answer.status_code, answer["Location"]) == (303, url)
    assert (
        browser.post(f"{url}acceptance/", {**form(milestone), "act": "accept"}).status_code == 403
    )
    browser = as_user(pmo)
    assert "Accept the milestone" in browser.get(f"{url}acceptance/").content.decode()
    assert (
        browser.post(f"{url}acceptance/", {**form(milestone), "act": "accept"}).status_code == 303
    )
    item = Item.objects.get(pk=milestone.pk)
    assert (item.state, item.finished_on) == ("finished", dt.date(2026, 2, 19))
    page = browser.get(url).content.decode()
    assert "Olga Owner" in page
    assert "acceptance/" not in page


def test_open_criteria_are_said_at_their_field(
    milestone: Milestone, url: str, pmo: User, as_user: SignIn
) -> None:
    answer = as_user(pmo).post(f"{url}acceptance/", {**form(milestone, 1), "act": "accept"})
    assert answer.status_code == 422
    assert (
        "A milestone is accepted as of a day on which all its criteria are met."
        in answer.content.decode()
    )
    assert AcceptanceCriterion.objects.filter(met_on=None).count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": "2026-02-21"}, "This day is still to come."),
        ({"on": "2025-12-31"}, "The plan begins later."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"on": ""}, "This field is required."),
        ({"reason": " "}, "This field is required."),
        ({"criteria": "999999"}, "Select a valid choice."),
    ],
)
def test_refusals_at_the_field(
    *,
    milestone: Milestone,
    url: str,
    pmo: User,
    as_user: SignIn,
    changed: dict[str, str],
    sentence: str,
) -> None:
    wish = {**form(milestone), "act": "accept", **changed}
    answer = as_user(pmo).post(f"{url}acceptance/", wish)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Item.objects.get(pk=milestone.pk).state == "open"


def test_an_acceptance_is_taken_back_with_a_reason(
    milestone: Milestone, url: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    browser.post(f"{url}acceptance/", {**form(milestone), "act": "accept"})
    assert f"{url}reopen/" in browser.get(url).content.decode()
    assert browser.post(f"{url}reopen/", {"reason": ""}).status_code == 422
    assert browser.post(f"{url}reopen/", {"reason": "it broke"}).status_code == 303
    assert Item.objects.get(pk=milestone.pk).state == "open"
    again = browser.post(f"{url}reopen/", {"reason": "twice"})
    assert "This milestone is not accepted." in again.content.decode()
    assert as_user(owner).get(f"{url}reopen/").status_code == 403


def test_somebody_else_marks_nothing(
    milestone: Milestone, url: str, viewer: User, as_user: SignIn
) -> None:
    browser = as_user(viewer)
    assert "acceptance/" not in browser.get(url).content.decode()
    assert browser.get(f"{url}acceptance/").status_code == 403
    assert browser.post(f"{url}acceptance/", form(milestone)).status_code == 403
