"""The plan page: where the plan stands, what is late first, in a fixed number of queries."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from apps.people.models import User
from apps.plans.addresses import item_path, why_path
from apps.plans.models import ItemKind, Phase, Plan, Role, Team
from tests.build import (
    ask_for_more,
    check_in,
    decide,
    link,
    make_item,
    make_key_result,
    make_objective,
    make_phase,
    report,
)

SignIn = Callable[[User], Client]
NOON = "2026-02-10T04:00:00Z"


@pytest.fixture(autouse=True)
def phases(plan: Plan) -> list[Phase]:
    """Three years, one phase each."""
    return [
        make_phase(
            plan,
            number=number,
            name=name,
            start_on=dt.date(2025 + number, 1, 1),
            finish_on=dt.date(2025 + number, 12, 31),
        )
        for number, name in enumerate(("Foundation", "Deepening", "Harvest"), 1)
    ]


@pytest.fixture
def visit(plan: Plan, client: Client) -> Callable[..., str]:
    """``visit(person)``: the plan page on day 41."""

    def go(person: User, query: str = "") -> str:
        with time_machine.travel(NOON, tick=False):
            client.force_login(person)
            answer = client.get(f"/plans/{plan.key}/{query}")
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return go


def late_chain(plan: Plan, team: Team | None = None) -> None:
    """Task A is late and moves task B and a milestone."""
    first = make_item(plan, "A", 1, 30, name="Upgrade the lines", team=team)
    second = make_item(plan, "B", 31, 70, name="Raise output")
    last = make_item(plan, "M", 70, 70, kind=ItemKind.MILESTONE, name="Line at scale")
    link(first, second)
    link(second, last)
    report(first, 40, remaining_days=18)


def test_the_pmo_sees_the_root_cause_and_what_it_moves(
    plan: Plan, pmo: User, visit: Callable[..., str]
) -> None:
    late_chain(plan)
    page = visit(pmo)
    assert "3 items are late; this is why, the worst first" in page
    assert "Upgrade the lines" in page
    assert "3 late items, 1 milestone among them" in page
    assert page.index("First things first") < page.index("Phases and milestones")


def test_a_lead_sees_what_makes_the_own_team_late(
    plan: Plan, team: Team, member: Callable[..., User], visit: Callable[..., str]
) -> None:
    lead = member(Role.LEAD, team=team)
    assert "Nothing of your team is late." in visit(lead)
    late_chain(plan, team)
    assert "What makes your team&#x27;s items late, the worst first" in visit(lead)


def test_an_executive_sees_the_phases_first(
    plan: Plan, member: Callable[..., User], visit: Callable[..., str]
) -> None:
    page = visit(member(Role.EXECUTIVE))
    assert page.index("Phases and milestones") < page.index("First things first")
    assert "Nothing is late." in page


def test_phases_months_and_milestones_are_said_and_drawn(
    plan: Plan, viewer: User, visit: Callable[..., str]
) -> None:
    late_chain(plan)
    page = visit(viewer)
    assert "Phase 1 of 3, Foundation · month 2 of 36" in page
    assert page.count('class="band') == 3 + 3  # three bands and their texts
    assert "Line at scale: " in page  # the title of its mark


@pytest.mark.parametrize(
    ("moment", "words"),
    [("2025-12-01T04:00:00Z", "It starts in 31 days"), ("2030-01-01T04:00:00Z", "It has ended")],
)
def test_before_and_after_the_plan(
    plan: Plan, viewer: User, client: Client, moment: str, words: str
) -> None:
    with time_machine.travel(moment, tick=False):
        client.force_login(viewer)
        assert words in client.get(f"/plans/{plan.key}/").content.decode()


def test_a_plan_without_phases_or_items_still_stands(
    plan: Plan, viewer: User, visit: Callable[..., str]
) -> None:
    plan.phases.all().delete()
    page = visit(viewer)
    assert "nothing was due yet" in page
    assert "No objectives yet" in page


def test_objectives_show_progress_pace_and_the_weakest_member(
    plan: Plan, viewer: User, visit: Callable[..., str]
) -> None:
    objective = make_objective(plan, name="Deepen the base")
    late = make_key_result(objective, "retention", name="User retention")
    make_key_result(objective, "churn", name="Churn", baseline=None)
    check_in(late, {7: "42", 40: "42.1"}, is_sample=True)
    page = visit(viewer)
    assert "Deepen the base" in page
    assert "points behind the plan" in page
    assert "1 of 2 key results have data" in page
    assert "no data" in page
    assert "Sample progress." in page


def test_an_empty_objective_has_no_data_instead_of_zero(
    plan: Plan, viewer: User, visit: Callable[..., str]
) -> None:
    make_objective(plan)
    page = visit(viewer)
    assert "nothing measured yet" in page
    assert "Sample progress." not in page


def test_another_phase_can_be_compared(plan: Plan, viewer: User, visit: Callable[..., str]) -> None:
    targets = ((dt.date(2026, 12, 31), "50"), (dt.date(2028, 12, 31), "65"))
    make_key_result(make_objective(plan), targets=targets)
    assert "End of phase 1" in visit(viewer)
    assert "End of phase 3" in visit(viewer, "?phase=3")
    assert "End of phase 1" in visit(viewer, "?phase=nonsense")


def test_alerts_and_risks_are_asked_for_with_a_plain_link_inside(
    plan: Plan, viewer: User, visit: Callable[..., str]
) -> None:
    page = visit(viewer)
    assert f'hx-get="/plans/{plan.key}/risks/summary/"' in page
    assert f'href="/plans/{plan.key}/risks/"' in page


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PMO, Role.EXECUTIVE, Role.VIEWER])
def test_who_may_decide_sees_how_many_requests_wait(
    plan: Plan, member: Callable[..., User], visit: Callable[..., str], role: Role
) -> None:
    key_result = make_key_result(make_objective(plan))
    reader, is_steward = member(role), role in (Role.ADMIN, Role.PMO)
    assert "for your decision" not in visit(reader)
    ask_for_more(key_result)
    assert ("1 change of targets waits for your decision" in visit(reader)) is is_steward
    asked = ask_for_more(key_result, 500)
    page = visit(reader)
    assert ("2 changes of targets wait for your decision" in page) is is_steward
    assert (f'<a href="/plans/{plan.key}/requests/">' in page) is is_steward
    decide(asked, by=reader, is_approved=False, note="no")
    assert ("1 change of targets waits" in visit(reader)) is is_steward


@pytest.mark.parametrize("role", [Role.PMO, Role.VIEWER])
def test_the_requests_that_wait_cost_one_query(
    plan: Plan,
    member: Callable[..., User],
    client: Client,
    role: Role,
) -> None:
    ask_for_more(make_key_result(make_objective(plan)))
    client.force_login(member(role))
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as asked:
        client.get(f"/plans/{plan.key}/")
    found = [one for one in asked if "approvals_changerequest" in one["sql"]]
    assert len(found) == (1 if role == Role.PMO else 0)


@pytest.mark.parametrize("rows", [1, 8])
def test_at_most_fifteen_queries_whatever_the_number_of_rows(
    plan: Plan,
    pmo: User,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for number in range(rows):
        objective = make_objective(plan, f"objective-{number}")
        key_result = make_key_result(objective, f"key-result-{number}")
        check_in(key_result, {7: "42", 14: "41"})
        ask_for_more(key_result)
        make_item(plan, f"m{number}", 30, 30, kind=ItemKind.MILESTONE)
    with time_machine.travel(NOON, tick=False):
        client.force_login(pmo)
        with django_assert_max_num_queries(15):
            client.get(f"/plans/{plan.key}/")


@pytest.mark.parametrize("kind", ItemKind.values)
def test_every_address_of_an_item_resolves(kind: str) -> None:
    assert resolve(item_path("plan", kind, "fit-out")).kwargs["plan_key"] == "plan"
    assert resolve(why_path("plan", 7)).url_name == "item_explain"
