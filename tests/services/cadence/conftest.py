"""Key results, and a clock that tests set."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.db.models import Max
from django.utils import timezone

from apps.cadence.selectors.owed import ITEM_EVENT, KEY_RESULT_EVENT
from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget, Objective
from apps.objectives.services import NewCheckIn, check_ins_add, key_results_refresh
from apps.people.models import User
from apps.plans.models import Item, ItemKind, Plan
from apps.plans.services import plan_change
from apps.plans.services.items import item_create
from tests.factories import UserFactory, day, signer

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(number: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """A moment of a day of the plan (1 is Thursday, 1 January 2026) in Shanghai."""
    return dt.datetime.combine(day(number), dt.time(hour, minute), tzinfo=SHANGHAI)


class Clock:
    """What `now` is: ``clock.set(2, 16)`` is day 2, 16:00 in Shanghai.

    The recorded history has the database's own clock; what was recorded before a move is stamped
    with the moment that the test was at.
    """

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller
        self._stamped = dict.fromkeys((KEY_RESULT_EVENT, ITEM_EVENT), 0)

    def set(self, number: int, hour: int = 12, minute: int = 0) -> dt.datetime:
        """Move there; returns the moment."""
        for label, seen in self._stamped.items():
            events = apps.get_model(label)._default_manager.filter(pgh_id__gt=seen)
            events.update(pgh_created_at=timezone.now())
            self._stamped[label] = events.aggregate(last=Max("pgh_id"))["last"] or seen
        moment = at(number, hour, minute)
        self._traveller.move_to(moment, tick=False)
        return moment


@pytest.fixture
def clock(db: None) -> Iterator[Clock]:
    """Day 1 of the plan, noon."""
    with time_machine.travel(at(1), tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def owner(db: None) -> User:
    """Somebody who owns things."""
    return UserFactory.create(display_name="Olga Owner", time_zone="Asia/Shanghai")


def make_key_result(plan: Plan, key: str = "kr", *, target: int = 365, **values: Any) -> KeyResult:
    """A key result from 0 to 100, due on day ``target``."""
    objective, _is_new = Objective.objects.get_or_create(plan=plan, key="o", name="Objective")
    fields = {"name": f"Key result {key}", "kind": "increase", "baseline": 0, "unit": "%"} | values
    fields["baseline_on"] = plan.start_on if fields["baseline"] is not None else None
    key_result = KeyResult.objects.create(plan=plan, objective=objective, key=key, **fields)
    item = Item(
        kind=ItemKind.TARGET,
        key=f"{key}-m12",
        name=key_result.name,
        owner=key_result.owner,
        start_on=plan.start_on,
        finish_on=day(target),
    )
    with plan_change(plan=plan, by=signer(), reason="test", on=plan.start_on) as change:
        item_create(change=change, item=item)
        KeyResultTarget.objects.create(
            item=item,
            key_result=key_result,
            due_on=day(target),
            value=100,
            first_due_on=day(target),
            first_value=100,
        )
        key_results_refresh(change=change, key_results=[key_result])
    return key_result


def check_in(key_result: KeyResult, number: int, value: int = 1, **values: Any) -> CheckIn:
    """A value for a day of the plan, entered now, the way an import does it."""
    new = NewCheckIn(key_result=key_result, for_on=day(number), value=Decimal(value), **values)
    with plan_change(plan=key_result.plan, by=signer(), reason="test") as change:
        return check_ins_add(change=change, check_ins=[new])[0]


@pytest.fixture
def key_result(plan: Plan, owner: User, clock: Clock) -> KeyResult:
    """A key result of the owner, written down on day 1."""
    return make_key_result(plan, owner=owner)
