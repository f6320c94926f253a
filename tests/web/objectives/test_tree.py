"""The tree of alignment."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from tests.build import make_objective

SignIn = Callable[[User], Client]


@pytest.fixture
def page(objective: Objective, viewer: User, as_user: SignIn) -> Callable[[], str]:
    url = f"/plans/{objective.plan.key}/alignment/"

    def read() -> str:
        return as_user(viewer).get(url).content.decode()

    return read


def depths(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="tree-(\d)"><a href="[^"]*/([^/"]+)/">', page)


def test_each_objective_stands_below_what_it_supports(
    objective: Objective, key_result: KeyResult, page: Callable[[], str]
) -> None:
    plan = objective.plan
    make_objective(plan, "alone", name="Alone")
    make_objective(plan, "low", name="Low", supports=objective)
    make_objective(plan, "deep", name="Deep", supports=key_result)
    shown = page()
    assert depths(shown) == [
        ("0", "grow"),
        ("1", "sales"),
        ("2", "deep"),
        ("1", "low"),
        ("0", "alone"),
    ]
    assert "supports: Sales" in shown
    assert "supports: Grow" in shown
    assert "no data" in shown


def test_what_supports_an_archived_objective_is_not_lost(
    objective: Objective, page: Callable[[], str]
) -> None:
    make_objective(objective.plan, "low", name="Low", supports=objective)
    Objective.objects.filter(pk=objective.pk).update(archived_at="2026-02-01T00:00Z")
    assert depths(page()) == [("0", "low")]


def test_the_number_of_queries_does_not_grow(
    objective: Objective,
    key_result: KeyResult,
    page: Callable[[], str],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(5):
        make_objective(objective.plan, f"o{number}", name="O", supports=key_result)
    page()
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        page()
