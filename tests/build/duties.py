"""Updates that somebody owes, outside the rhythm in which the product opens them."""

import datetime as dt
from typing import Any

from apps.cadence.models import Duty
from apps.people.models import User
from apps.plans.models import Plan
from tests.build.days import day


def make_duty(
    plan: Plan,
    owner: User,
    opens: int,
    due: int,
    *,
    due_at: dt.datetime,
    closes_at: dt.datetime,
    **of: Any,
) -> Duty:
    """An update due on a day, of a ``key_result`` or a task (``task_id``)."""
    return Duty.objects.create(
        plan=plan,
        owner=owner,
        opens_on=day(opens),
        due_on=day(due),
        due_at=due_at,
        closes_at=closes_at,
        **of,
    )
