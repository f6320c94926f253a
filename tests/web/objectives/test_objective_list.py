"""The objective list and one objective: filters, courses, the roll-up opened."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.people.models import User
from apps.plans.models import Plan, Team
from tests.build import check_in, make_key_result, make_objective

SignIn = Callable[[User], Client]


@pytest.fixture
def key_results(plan: Plan, team: Team, viewer: User) -> None:
    """Two objectives: one late, one without a baseline; the first is led by the viewer."""
    stock, growth = make_objective(plan, "stock"), make_objective(plan, "growth")
    late = make_key_result(stock, "retention", name="User retention", owner=viewer, team=team)
    check_in(late, {7: "42", 14: "30"})
    make_key_result(growth, "churn", name="Churn rate", baseline=None)


def page(client: Client, plan: Plan, query: str = "", **headers: str) -> str:
    answer = client.get(f"/plans/{plan.key}/objectives/{query}", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("key_results")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"User retention", "Churn rate"}),
        ("?q=churn", {"Churn rate"}),
        ("?objective=stock", {"User retention"}),
        ("?owner=none", {"Churn rate"}),
        ("?level=no_baseline", {"Churn rate"}),
        ("?level=silent&q=nothing-like-it", set()),
        ("?level=bogus", {"User retention", "Churn rate"}),
    ],
)
def test_filters_narrow_the_list(
    plan: Plan, as_user: SignIn, viewer: User, query: str, shown: set[str]
) -> None:
    text = page(as_user(viewer), plan, query)
    assert {name for name in ("User retention", "Churn rate") if name in text} == shown


@pytest.mark.usefixtures("key_results")
def test_filters_by_team_and_owner(plan: Plan, team: Team, as_user: SignIn, viewer: User) -> None:
    client = as_user(viewer)
    for query in (f"?team={team.key}", f"?owner={viewer.username}"):
        text = page(client, plan, query)
        assert "User retention" in text
        assert "Churn rate" not in text


@pytest.mark.usefixtures("key_results")
def test_htmx_gets_the_rows_alone(plan: Plan, as_user: SignIn, viewer: User) -> None:
    part = page(
        as_user(viewer), plan, "?q=churn", **{"HX-Request": "true", "HX-Target": "rows-frame"}
    )
    assert "<html" not in part
    assert "Churn rate" in part


def test_nothing_found_says_what_to_do(plan: Plan, as_user: SignIn, viewer: User) -> None:
    assert "No key result passes the filter" in page(as_user(viewer), plan, "?q=nothing")


def test_the_roll_up_is_opened(plan: Plan, as_user: SignIn, viewer: User) -> None:
    objective = make_objective(plan)
    half = make_key_result(objective, "one", name="Half way", weight=3)
    check_in(half, {7: "53.5"})
    over = make_key_result(objective, "two", name="Beyond", weight=1)
    check_in(over, {7: "99"})
    make_key_result(objective, "three", name="Unknown", baseline=None)
    text = as_user(viewer).get(f"/plans/{plan.key}/objectives/growth/").content.decode()
    assert "62.5%" in text  # (3 x 50 % + 1 x 100 %) / 4
    assert "247.8%" in text  # the raw share beyond the target stays visible
    assert "How the progress is made up" in text


def test_an_objective_of_another_plan_is_not_found(
    plan: Plan, as_user: SignIn, viewer: User
) -> None:
    assert as_user(viewer).get(f"/plans/{plan.key}/objectives/none/").status_code == 404


def test_an_objective_without_key_results_has_no_data(
    plan: Plan, as_user: SignIn, viewer: User
) -> None:
    make_objective(plan)
    text = as_user(viewer).get(f"/plans/{plan.key}/objectives/growth/").content.decode()
    assert "No key results yet" in text
    assert "no data" in text


@pytest.mark.parametrize("rows", [1, 8])
def test_the_list_costs_the_same_queries_for_any_number_of_rows(
    plan: Plan,
    as_user: SignIn,
    viewer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    objective = make_objective(plan)
    for number in range(rows):
        check_in(make_key_result(objective, f"key-result-{number}"), {7: "42", 14: "43"})
    client = as_user(viewer)
    with django_assert_max_num_queries(15):
        page(client, plan)
