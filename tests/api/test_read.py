"""The API: what it gives, bounded and filtered, in a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.milestones.models import Milestone
from apps.people.models import User
from apps.plans.models import Item, LevelChange, Plan
from tests.build import (
    check_in,
    make_category,
    make_key_result,
    make_milestone,
    make_objective,
    make_plan,
    make_risk,
    make_tasks,
    make_user,
    report,
)

SignIn = Callable[[User], Client]


@pytest.fixture
def milestone(plan: Plan) -> Milestone:
    return make_milestone(plan, "live", 60)


@pytest.fixture
def read(plan: Plan, as_user: SignIn, viewer: User) -> Callable[..., Any]:
    """``read("tasks/")``: what a member gets, as Python data."""

    def get(path: str = "", status: int = 200) -> Any:
        answer = as_user(viewer).get(f"/api/plans/{plan.key}/{path}")
        assert answer.status_code == status
        return answer.json()

    return get


def test_plans_are_those_with_a_role(plan: Plan, as_user: SignIn, viewer: User) -> None:
    assert [row["key"] for row in as_user(viewer).get("/api/plans/").json()["results"]] == [
        plan.key
    ]
    stranger = make_user()
    assert as_user(stranger).get("/api/plans/").json()["results"] == []
    assert as_user(stranger).get(f"/api/plans/{plan.key}/tasks/").status_code == 404


def test_a_task_comes_with_its_forecast(
    plan: Plan, milestone: Milestone, read: Callable[..., Any]
) -> None:
    (item,) = make_tasks(plan, milestone, 1)
    report(item, 20, remaining_days=90)
    row = read("tasks/1.1.1/")
    assert row["level"] == "red"
    assert row["milestone"] == "live"
    assert row["work_package"] == "1.1"
    assert row["delay_days"] > 0
    assert row["root_item"] == item.pk
    assert "no_owner" in row["states"]


def test_the_explanation_is_the_arithmetic_of_today(
    plan: Plan, milestone: Milestone, read: Callable[..., Any]
) -> None:
    (item,) = make_tasks(plan, milestone, 1)
    report(item, 20, remaining_days=90)
    told = read(f"items/{milestone.pk}/explanation/")["explanation"]
    row = read("milestones/live/")
    assert told["drivers"] == [{"key": "1.1.1", "kind": "FS", "lag": 0}]
    for name in ("level", "delay_days", "delay_percent", "duration_days"):
        assert told[name] == row[name]
    assert told["forecast"] == row["forecast_on"]


def test_without_a_baseline_there_is_no_explanation(plan: Plan, read: Callable[..., Any]) -> None:
    key_result = make_key_result(make_objective(plan), "share", baseline=None)
    target = key_result.targets.get()
    assert read(f"items/{target.pk}/explanation/") == {"item": target.pk, "explanation": None}


def test_key_results_targets_and_check_ins_belong_together(
    plan: Plan, read: Callable[..., Any]
) -> None:
    key_result = make_key_result(make_objective(plan, "stock"), "share")
    check_in(key_result, {7: "44.5"})
    assert read("key-results/share/")["objective"] == "stock"
    assert read("key-results/?objective=stock")["count"] == 1
    assert read("objectives/?owner=nobody")["count"] == 0
    (target,) = read("targets/?key_result=share")["results"]
    assert (target["value"], target["key_result"]) == ("65", "share")
    (row,) = read("check-ins/?key_result=share")["results"]
    assert row["value"] == "44.5"


def test_risks_come_with_band_and_what_they_threaten(
    plan: Plan, milestone: Milestone, read: Callable[..., Any]
) -> None:
    category = make_category(plan)
    hot = make_risk(category, "hot", name="Hot", probability=5, impact=5)
    hot.milestones.add(milestone)
    make_risk(category, "new", name="New")
    (row,) = read("risks/?band=extreme")["results"]
    assert (row["band"], row["milestones"]) == ("extreme", [milestone.pk])
    assert [row["key"] for row in read("risks/?band=not_rated")["results"]] == ["new"]


def test_level_changes_and_links_are_listed(
    plan: Plan, milestone: Milestone, read: Callable[..., Any]
) -> None:
    (item,) = make_tasks(plan, milestone, 1)
    report(item, 20, remaining_days=90)
    changes = read(f"level-changes/?item={item.pk}")
    assert changes["count"] == LevelChange.objects.filter(item=item).count() > 0
    (link,) = read(f"links/?successor={milestone.pk}&kind=FS")["results"]
    assert link["predecessor"] == item.pk


def test_pages_are_bounded(plan: Plan, milestone: Milestone, read: Callable[..., Any]) -> None:
    make_tasks(plan, milestone, 101)
    assert len(read("tasks/")["results"]) == 100
    assert "limit=500" in str(read("tasks/?limit=99999&offset=1")["previous"])
    assert read("tasks/?offset=99999999999999999999999")["results"] == []


@pytest.mark.parametrize(
    "query", ["?level=purple", "?state=asleep", "?finish_from=soon", "?owner=%00"]
)
def test_a_filter_that_makes_no_sense_is_refused(read: Callable[..., Any], query: str) -> None:
    assert read(f"tasks/{query}", status=400)


@pytest.mark.parametrize(
    "path", ["tasks/9.9/", "tasks/%00/", "items/999999999999999999999/explanation/", "risks/x/"]
)
def test_what_does_not_exist_is_not_found(
    plan: Plan, as_user: SignIn, viewer: User, path: str
) -> None:
    assert as_user(viewer).get(f"/api/plans/{plan.key}/{path}").status_code == 404


@pytest.mark.parametrize(
    "noun", ["tasks", "milestones", "key-results", "targets", "links", "risks"]
)
def test_the_number_of_queries_does_not_grow(
    plan: Plan, as_user: SignIn, viewer: User, noun: str
) -> None:
    client = as_user(viewer)
    category = make_category(plan)
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            milestone = make_milestone(plan, f"m{number}", 60, owner=viewer)
            make_tasks(plan, milestone, 2, owner=viewer)
            make_key_result(make_objective(plan, f"o{number}"), f"k{number}", owner=viewer)
            risk = make_risk(category, f"r{number}", name="R")
            risk.milestones.add(milestone)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api/plans/{plan.key}/{noun}/")
        assert answer.json()["count"] >= len(numbers)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


def test_an_item_of_another_plan_has_no_explanation_here(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    other = make_plan(key="other", name="Other", start_on=plan.start_on, months=12)
    foreign = make_milestone(other, "foreign", 60)
    assert Item.objects.filter(pk=foreign.pk).exists()
    answer = as_user(viewer).get(f"/api/plans/{plan.key}/items/{foreign.pk}/explanation/")
    assert answer.status_code == 404
