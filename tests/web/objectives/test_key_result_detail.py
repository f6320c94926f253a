"""The page of a key result: trajectory, targets, and every value that was reported."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import (
    LAST_DAY,
    check_in,
    correct,
    day,
    make_bare_key_result,
    make_key_result,
    make_objective,
)

SignIn = Callable[[User], Client]


@pytest.fixture
def visit(viewer: User, client: Client) -> Callable[..., str]:
    """``visit(key_result)``: its page on day 91."""

    def go(key_result: KeyResult, query: str = "", **headers: str) -> str:
        with time_machine.travel("2026-04-01T04:00:00Z", tick=False):
            client.force_login(viewer)
            path = f"/plans/{key_result.plan.key}/key-results/{key_result.key}/{query}"
            answer = client.get(path, headers=headers)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return go


def test_a_falling_key_result_is_drawn_with_its_plan_and_forecast(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_key_result(
        make_objective(plan),
        kind="decrease",
        baseline="8",
        targets=((day(180), "5"),),
        unit="days",
    )
    check_in(key_result, {30: "7.8", 90: "7.4"}, is_sample=True, confidence=4)
    page = visit(key_result)
    assert 'class="plan-line"' in page
    assert 'class="forecast-line"' in page
    assert 'class="value-line"' in page
    assert "+54 d" in page
    assert "<title>Trajectory of Key result retention</title>" in page
    assert "Last value 7.4 days; the plan asks for 6.48 days today. 1 dated targets." in page
    assert "4 of 10" in page
    assert "Sample progress." in page


def test_before_a_first_value_the_page_says_what_is_missing(
    plan: Plan, visit: Callable[..., str]
) -> None:
    page = visit(make_key_result(make_objective(plan), baseline=None))
    assert "No value yet" in page
    assert "to be measured" in page
    assert "No baseline" in page
    assert 'class="plan-line"' not in page


def test_an_unknown_baseline_starts_the_line_at_the_first_value(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_key_result(make_objective(plan), baseline=None)
    check_in(key_result, {30: "40", 60: "41"})
    page = visit(key_result)
    assert "to be measured; the line starts at the first value, 40%" in page
    assert 'class="plan-line"' in page


@pytest.mark.parametrize(
    ("kind", "bounds", "text"),
    [
        ("keep_at_least", {"lower_bound": 95}, "≥ 95%"),
        ("keep_at_most", {"upper_bound": 30}, "≤ 30%"),
        ("keep_within", {"lower_bound": 20, "upper_bound": 30}, "20% – 30%"),
    ],
)
def test_bounds_are_a_band(
    plan: Plan, visit: Callable[..., str], kind: str, bounds: dict[str, int], text: str
) -> None:
    key_result = make_key_result(
        make_objective(plan), kind=kind, baseline=None, targets=((LAST_DAY, None),), **bounds
    )
    check_in(key_result, {7: "25"})
    page = visit(key_result)
    assert text in page
    assert 'class="keep"' in page
    is_inside = kind != "keep_at_least"
    assert ("inside its bounds" if is_inside else "outside its bounds") in page


def test_yes_or_no_is_done_or_not(plan: Plan, visit: Callable[..., str]) -> None:
    key_result = make_key_result(
        make_objective(plan), kind="binary", baseline=None, targets=((LAST_DAY, None),), unit=""
    )
    assert "Done or not" in visit(key_result)


def test_a_met_target_keeps_its_date_and_the_next_one_raises_alerts(
    plan: Plan, visit: Callable[..., str]
) -> None:
    targets = ((day(60), "45"), (day(365), "50"), (LAST_DAY, "65"))
    key_result = make_key_result(make_objective(plan), targets=targets)
    check_in(key_result, {30: "46"})
    page = visit(key_result)
    for word in (">met<", ">raises alerts<", ">projection<"):
        assert word in page


def test_a_correction_is_a_row_and_the_old_value_is_struck(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_key_result(make_objective(plan))
    wrong = check_in(key_result, {30: "99"})
    correct(wrong, 43, reason="typed the wrong column")
    page = visit(key_result)
    assert "<s>99%</s>" in page
    assert "correction" in page
    assert "typed the wrong column" in page


def test_a_contradiction_of_the_document_stays_visible(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_key_result(make_objective(plan), note="The document also gives 28 %.")
    assert "The document also gives 28 %." in visit(key_result)


def test_history_comes_in_windows(plan: Plan, visit: Callable[..., str]) -> None:
    key_result = make_key_result(make_objective(plan))
    check_in(key_result, dict.fromkeys(range(1, 41), 42), is_entered_now=True)
    assert "1–26 of 40" in visit(key_result)
    part = visit(key_result, "?page=2", **{"HX-Request": "true", "HX-Target": "history-frame"})
    assert "27–40 of 40" in part
    assert "<html" not in part


def test_a_target_leads_to_its_key_result(plan: Plan, as_user: SignIn, viewer: User) -> None:
    make_key_result(make_objective(plan))
    client = as_user(viewer)
    answer = client.get(f"/plans/{plan.key}/targets/retention-m36/")
    assert answer.headers["Location"] == f"/plans/{plan.key}/key-results/retention/#targets"
    assert client.get(f"/plans/{plan.key}/targets/none/").status_code == 404
    assert client.get(f"/plans/{plan.key}/key-results/none/").status_code == 404


def test_a_key_result_without_targets_still_has_a_page(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_bare_key_result(make_objective(plan), "bare", name="Bare")
    assert "Bare" in visit(key_result)
