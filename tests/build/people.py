"""People, their roles in a plan, and their days away."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from apps.people.models import Absence, User
from apps.people.services import absence_create
from apps.plans.models import Membership, Plan, Role, Team
from tests.build.days import date_of

_numbers = count()


def make_user(**values: Any) -> User:
    """A person with a name and an address of their own, who reads English; a ``password`` is kept
    as the product keeps it.
    """
    number = next(_numbers)
    if "password" in values:
        values["password"] = make_password(values["password"])
    username = values.pop("username", f"person{number}")
    usual = {
        "email": f"{username}@example.org",
        "display_name": f"Person {number}",
        "language": "en",
    }
    return User.objects.create(username=username, **usual | values)


def add_member(
    plan: Plan, user: User, role: Role = Role.VIEWER, *, team: Team | None = None
) -> Membership:
    """A role in the plan for somebody; a viewer's by default."""
    return Membership.objects.create(plan=plan, user=user, role=role, team=team)


def make_member(
    plan: Plan, role: Role = Role.VIEWER, *, team: Team | None = None, **values: Any
) -> User:
    """A new person with a role in the plan."""
    user = make_user(**values)
    add_member(plan, user, role, team=team)
    return user


def make_absence(
    user: User | None,
    start: int | dt.date,
    finish: int | dt.date,
    *,
    delegate: User | None = None,
) -> Absence:
    """Days away, both ends included, as the person enters them."""
    assert user is not None, "nobody is away from what nobody owns"
    absence = Absence(
        user=user, start_on=date_of(start), finish_on=date_of(finish), delegate=delegate
    )
    return absence_create(absence=absence, reason="test")
