"""The milestone list: measures, acceptance, filters, and a fixed number of queries."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.people.models import User
from apps.plans.models import Plan
from tests.build import (
    check_in,
    make_criteria,
    make_key_result,
    make_milestone,
    make_objective,
    meet,
)

SignIn = Callable[[User], Client]


def page(client: Client, plan: Plan, query: str = "", **headers: str) -> str:
    answer = client.get(f"/plans/{plan.key}/milestones/{query}", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_measured_milestone_shows_the_value_against_the_bound(
    plan: Plan, as_user: SignIn, viewer: User
) -> None:
    key_result = make_key_result(make_objective(plan, "stock"), "share", name="Revenue share")
    make_milestone(plan, "share30", 60, measured_by=key_result, at_least=Decimal(30))
    client = as_user(viewer)
    assert "not measured yet / ≥ 30" in page(client, plan)
    check_in(key_result, {7: "24.5"})
    text = page(client, plan)
    assert '<span class="text-short">24.5</span> / ≥ 30' in text
    check_in(key_result, {14: "31"})
    assert '<span class="text-met">31</span>' in page(client, plan)


def test_met_criteria_are_counted(plan: Plan, as_user: SignIn, viewer: User) -> None:
    milestone = make_milestone(plan, "live", 60)
    first, *_others = make_criteria(milestone, "Criterion 0", "Criterion 1", "Criterion 2")
    meet(first, 3, viewer)
    assert "1 / 3" in page(as_user(viewer), plan)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"alpha", "beta"}),
        ("?q=alph", {"alpha"}),
        ("?owner=me", {"alpha"}),
        ("?owner=none", {"beta"}),
        ("?state=no_owner", {"beta"}),
        ("?phase=1", {"alpha", "beta"}),
        ("?phase=9", {"alpha", "beta"}),
        ("?level=red", set()),
        ("?state=finished", set()),
    ],
)
def test_filters_narrow_the_list(
    plan: Plan, as_user: SignIn, viewer: User, query: str, shown: set[str]
) -> None:
    make_milestone(plan, "alpha", 20_000, name="alpha", owner=viewer)
    make_milestone(plan, "beta", 20_000, name="beta")
    text = page(as_user(viewer), plan, query)
    assert {name for name in ("alpha", "beta") if f">{name}</a>" in text} == shown
    assert ("No milestone matches" in text) is not shown


def test_htmx_gets_the_rows_only(plan: Plan, as_user: SignIn, viewer: User) -> None:
    make_milestone(plan, "live", 60)
    text = page(as_user(viewer), plan, **{"HX-Request": "true", "HX-Target": "rows"})
    assert "Milestone live" in text
    assert "<html" not in text


def test_the_number_of_queries_does_not_grow(plan: Plan, as_user: SignIn, viewer: User) -> None:
    client = as_user(viewer)
    key_result = make_key_result(make_objective(plan, "stock"), "share")
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            make_milestone(
                plan, f"m{number}", 60, owner=viewer, measured_by=key_result, at_least=Decimal(1)
            )
        with CaptureQueriesContext(connection) as queries:
            page(client, plan)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11
