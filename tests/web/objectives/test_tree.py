"""The tree of alignment."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User

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
    Objective.objects.create(plan=plan, key="alone", name="Alone", position=1)
    Objective.objects.create(
        plan=plan, key="low", name="Low", position=2, supports_objective=objective
    )
    Objective.objects.create(
        plan=plan, key="deep", name="Deep", position=3, supports_key_result=key_result
    )
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
    Objective.objects.create(
        plan=objective.plan, key="low", name="Low", supports_objective=objective
    )
    Objective.objects.filter(pk=objective.pk).update(archived_at="2026-02-01T00:00Z")
    assert depths(page()) == [("0", "low")]


def test_the_number_of_queries_does_not_grow(
    objective: Objective,
    key_result: KeyResult,
    page: Callable[[], str],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(5):
        Objective.objects.create(
            plan=objective.plan, key=f"o{number}", name="O", supports_key_result=key_result
        )
    page()
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        page()
