"""The risk register, one risk, and the fragments for other pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.people.models import User
from apps.plans.models import Plan
from apps.risks.models import Risk, RiskCategory
from tests.build import (
    day,
    make_category,
    make_key_result,
    make_milestone,
    make_objective,
    make_response,
    make_risk,
    make_tasks,
)

SignIn = Callable[[User], Client]
PART = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.fixture
def market(plan: Plan) -> RiskCategory:
    return make_category(plan, monitoring="prices and policy together")


def answered_risk(category: RiskCategory, key: str, **values: Any) -> Risk:
    """A risk of the category, with a response that reduces it."""
    risk = make_risk(category, key, **values)
    make_response(risk, "Second supplier", due_on=day(90))
    return risk


def page(client: Client, plan: Plan, path: str = "", **headers: str) -> str:
    answer = client.get(f"/plans/{plan.key}/risks/{path}", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_register_shows_how_each_category_is_watched(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    answered_risk(market, "war", name="Price war", probability=3, impact=5)
    answered_risk(market, "new", name="Unrated thing")
    text = page(as_user(viewer), plan)
    assert "watched by: prices and policy together" in text
    assert "band-extreme" in text
    assert "lv-not_rated" in text
    assert "3 × 5" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=price", {"Price war"}),
        ("?band=extreme", {"Price war"}),
        ("?band=low", set()),
        ("?band=not_rated", {"Unrated"}),
        ("?probability=3&impact=5", {"Price war"}),
        ("?probability=99", {"Price war", "Unrated"}),
        ("?owner=me", {"Price war"}),
        ("?owner=none", {"Unrated"}),
        ("?strategy=reduce", {"Price war", "Unrated"}),
        ("?strategy=avoid", set()),
        ("?state=closed", {"Unrated"}),
        ("?category=market&state=open", {"Price war"}),
        ("?q=%00", {"Price war", "Unrated"}),
    ],
)
def test_filters_narrow_the_register(
    plan: Plan,
    market: RiskCategory,
    as_user: SignIn,
    viewer: User,
    *,
    query: str,
    shown: set[str],
) -> None:
    answered_risk(market, "war", name="Price war", probability=3, impact=5, owner=viewer)
    answered_risk(market, "new", name="Unrated", state="closed")
    text = page(as_user(viewer), plan, query, **PART)
    assert {name for name in ("Price war", "Unrated") if f">{name}</a>" in text} == shown
    assert ("No risk matches" in text) is not shown
    assert "<html" not in text


def test_a_risk_shows_what_it_threatens_and_what_is_done(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    milestone = make_milestone(plan, "live", 20_000, name="Membership live")
    key_result = make_key_result(make_objective(plan, "stock"), "share", name="Revenue share")
    risk = answered_risk(market, "war", probability=2, impact=2, indicator="Price index")
    risk.milestones.add(milestone)
    risk.key_results.add(key_result)
    text = page(as_user(viewer), plan, "war/")
    for shown in ("Membership live", "Revenue share", "Second supplier", "Price index", "is-here"):
        assert shown in text


def test_a_bare_risk_says_what_is_missing(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    make_risk(market, "bare", name="Bare")
    text = page(as_user(viewer), plan, "bare/")
    assert "No milestone and no key result is named." in text
    assert "No response has been written down yet." in text
    assert "Not rated yet: it is in no cell." in text


def test_fragments_name_the_risks_of_milestone_task_and_key_result(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    milestone = make_milestone(plan, "live", 60)
    (task,) = make_tasks(plan, milestone, 1)
    key_result = make_key_result(make_objective(plan, "stock"), "share")
    answered_risk(market, "one", name="Threatens the milestone").milestones.add(milestone)
    answered_risk(market, "two", name="Threatens the measure").key_results.add(key_result)
    answered_risk(market, "old", name="Over", state="closed").milestones.add(milestone)
    client = as_user(viewer)
    of_milestone = page(client, plan, f"of/{milestone.pk}/", **PART)
    assert "Threatens the milestone" in of_milestone
    assert "Over" not in of_milestone
    assert "<html" not in of_milestone
    assert "Threatens the milestone" in page(client, plan, f"of/{task.pk}/")
    target = key_result.targets.first()
    assert target is not None
    assert "Threatens the measure" in page(client, plan, f"of/{target.pk}/")
    assert "Threatens the measure" in page(client, plan, "of-key-result/share/")


def test_the_summary_counts_bands_and_shows_the_worst_first(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    answered_risk(market, "mild", name="Mild", probability=1, impact=1)
    answered_risk(market, "war", name="Price war", probability=5, impact=5)
    text = page(as_user(viewer), plan, "summary/", **PART)
    assert text.index("Price war") < text.index("Mild")
    assert "<html" not in text


@pytest.mark.parametrize("path", ["nope/", "of/999999/", "of-key-result/nope/"])
def test_what_does_not_exist_is_not_found(
    plan: Plan, as_user: SignIn, viewer: User, path: str
) -> None:
    assert as_user(viewer).get(f"/plans/{plan.key}/risks/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    plan: Plan, market: RiskCategory, as_user: SignIn, viewer: User
) -> None:
    client = as_user(viewer)
    milestone = make_milestone(plan, "live", 60)
    key_result = make_key_result(make_objective(plan, "stock"), "share")
    counts = []
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            risk = answered_risk(market, f"r{number}", probability=2, impact=3, owner=viewer)
            risk.milestones.add(milestone)
            risk.key_results.add(key_result)
        with CaptureQueriesContext(connection) as queries:
            page(client, plan)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
