"""The front door: where each role begins."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from apps.people.models import User
from apps.plans.models import Plan, Role, Team
from tests.build import add_member, make_plan

AsUser = Callable[[User], Client]


def test_a_team_lead_begins_with_the_week(
    plan: Plan, team: Team, member: Callable[..., User], as_user: AsUser
) -> None:
    answer = as_user(member(Role.LEAD, team)).get("/")
    assert answer.headers["Location"] == reverse("cadence:week", args=[plan.key])


def test_everybody_else_begins_with_the_plan(
    plan: Plan, pmo: User, viewer: User, as_user: AsUser
) -> None:
    for person in (pmo, viewer):
        assert as_user(person).get("/").headers["Location"] == plan.get_absolute_url()


def test_of_several_plans_one_is_chosen(plan: Plan, viewer: User, as_user: AsUser) -> None:
    other = make_plan(name="Another plan")
    add_member(other, viewer)
    page = as_user(viewer).get("/").content.decode()
    for one in (plan, other):
        assert one.get_absolute_url() in page
        assert reverse("cadence:week", args=[one.key]) in page
