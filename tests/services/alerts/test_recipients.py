"""Who is told: nobody who may not sign in, nobody who has left, whatever the message is about."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from apps.alerts.models import Notification, Topic
from apps.alerts.services import mentions_write, sweep
from apps.objectives.models import Comment, Objective
from apps.objectives.services.comments import comment_add
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role
from tests.factories import PlanFactory, UserFactory, day, make_item
from tests.key_results import make_objective


def told() -> set[str]:
    return set(Notification.objects.values_list("recipient__username", flat=True))


@pytest.mark.parametrize("is_active", [True, False])
def test_an_owner_who_may_not_sign_in_hears_of_no_level(
    plan: Plan, pmo: User, is_active: bool
) -> None:
    owner = UserFactory.create(username="owner", is_active=is_active)
    make_item(plan, "1", 1, 100, owner=owner)
    sweep(today=day(9))
    assert told() == {pmo.username} | ({"owner"} if is_active else set())


def test_of_the_pmo_only_who_may_sign_in_hears_of_a_level(
    plan: Plan, pmo: User, member: Callable[..., User]
) -> None:
    member(Role.PMO, is_active=False)
    member(Role.ADMIN)
    Membership.objects.create(plan=PlanFactory.create(), user=UserFactory.create(), role=Role.PMO)
    make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    assert told() == {pmo.username}


@pytest.fixture
def objective(plan: Plan) -> Objective:
    return make_objective(plan)


@pytest.mark.parametrize("case", ["active", "inactive", "left"])
def test_who_is_mentioned_hears_of_it_while_active_and_a_member(
    objective: Objective, pmo: User, member: Callable[..., User], case: str
) -> None:
    reader = member(Role.VIEWER, username="wei")
    comment_add(on=objective, by=pmo, text="@wei look")
    if case == "inactive":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    elif case == "left":
        reader.memberships.all().delete()
    Comment.objects.update(untold_since=timezone.now() - dt.timedelta(minutes=6))
    mentions_write(now=timezone.now())
    assert told() == ({"wei"} if case == "active" else set())
    assert set(Notification.objects.values_list("topic", flat=True)) <= {Topic.MENTION}
    assert not Comment.objects.exclude(untold_since=None).exists()
