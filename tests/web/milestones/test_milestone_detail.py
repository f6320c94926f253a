"""One milestone: its arithmetic, what leads to it, what delays it, how it is accepted."""

from collections.abc import Callable
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.milestones.models import Milestone
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import (
    check_in,
    make_criteria,
    make_key_result,
    make_milestone,
    make_objective,
    make_tasks,
    meet,
    report,
)

SignIn = Callable[[User], Client]


def page(client: Client, milestone: Milestone) -> str:
    item = milestone.item
    answer = client.get(f"/plans/{item.plan.key}/milestones/{item.key}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_shows_tasks_driver_criteria_and_measure(
    plan: Plan, as_user: SignIn, viewer: User
) -> None:
    key_result = make_key_result(make_objective(plan, "stock"), "share", name="Revenue share")
    check_in(key_result, {7: "24.5"})
    milestone = make_milestone(
        plan, "live", 60, measured_by=key_result, at_least=Decimal(30), reserve="A fifth"
    )
    (criterion,) = make_criteria(milestone, "Signed off")
    meet(criterion, 3, viewer)
    *_before, cause = make_tasks(plan, milestone, 3)
    report(cause, 20, remaining_days=90)
    text = page(as_user(viewer), milestone)
    for shown in ("1.1 Package", "Signed off", "Vic Viewer", "Revenue share", "24.5", "A fifth"):
        assert shown in text
    assert "root cause" in text
    assert f"/plans/{plan.key}/risks/of/{milestone.pk}/" in text


def test_an_empty_milestone_says_what_is_missing(plan: Plan, as_user: SignIn, viewer: User) -> None:
    text = page(as_user(viewer), make_milestone(plan, "bare", 60))
    assert "No task names this milestone." in text
    assert "None written down yet." in text
    assert "Nothing else is linked into it." in text


def test_an_unknown_milestone_is_not_found(plan: Plan, as_user: SignIn, viewer: User) -> None:
    assert as_user(viewer).get(f"/plans/{plan.key}/milestones/nope/").status_code == 404


def test_the_number_of_queries_does_not_grow(plan: Plan, as_user: SignIn, viewer: User) -> None:
    client = as_user(viewer)
    milestone = make_milestone(plan, "live", 60)
    counts = []
    for more in (2, 30):
        make_tasks(plan, milestone, more)
        with CaptureQueriesContext(connection) as queries:
            page(client, milestone)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
