"""Who is told: nobody who may not sign in, nobody who has left, whatever the message is about."""

from collections.abc import Callable

import pytest

from apps.alerts.services import sweep
from apps.objectives.services.comments import comment_add
from apps.outbox.models import Notification
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import day, make_item, make_member, make_objective, make_plan, make_user


def told() -> set[str]:
    return set(Notification.objects.values_list("recipient__username", flat=True))


@pytest.mark.parametrize("is_active", [True, False])
def test_an_owner_who_may_not_sign_in_hears_of_no_level(
    plan: Plan, pmo: User, is_active: bool
) -> None:
    owner = make_user(username="owner", is_active=is_active)
    make_item(plan, "1", 1, 100, owner=owner)
    sweep(today=day(9))
    assert told() == {pmo.username} | ({"owner"} if is_active else set())


def test_of_the_pmo_only_who_may_sign_in_hears_of_a_level(
    plan: Plan, pmo: User, member: Callable[..., User]
) -> None:
    member(Role.PMO, is_active=False)
    member(Role.ADMIN)
    make_member(make_plan(), Role.PMO)
    make_item(plan, "1", 1, 100)
    sweep(today=day(9))
    assert told() == {pmo.username}


@pytest.mark.parametrize("case", ["active", "inactive", "left"])
def test_who_is_mentioned_hears_of_it_while_active_and_a_member(
    plan: Plan, pmo: User, member: Callable[..., User], case: str
) -> None:
    reader = member(Role.VIEWER, username="wei", is_active=case != "inactive")
    if case == "left":
        reader.memberships.all().delete()
    comment_add(on=make_objective(plan), by=pmo, text="@wei look")
    assert told() == ({"wei"} if case == "active" else set())
