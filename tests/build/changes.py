"""Who signs what the tests prepare, and the change in which it is written."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.services import PlanChange, plan_change
from tests.build.days import date_of


def signer() -> User:
    """Who signs when a test does not care."""
    user, _is_new = User.objects.get_or_create(
        username="signer", defaults={"display_name": "Sue Signer", "is_system": True}
    )
    return user


@contextmanager
def changing(
    plan: Plan, *, on: int | dt.date | None = None, by: User | None = None, reason: str = "test"
) -> Iterator[PlanChange]:
    """A signed change of the plan on that day; without a day, on the plan's today."""
    moment = None if on is None else date_of(on)
    with plan_change(plan=plan, by=by or signer(), reason=reason, on=moment) as change:
        yield change
