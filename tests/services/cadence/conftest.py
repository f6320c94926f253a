"""Key results, and a clock that tests set."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import Max
from django.utils import timezone

from apps.cadence.selectors.owed import ITEM_EVENT, KEY_RESULT_EVENT
from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import at, day, make_key_result, make_objective, make_user


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
    return make_user(display_name="Olga Owner", time_zone="Asia/Shanghai")


def rising_key_result(
    plan: Plan, key: str = "kr", *, target: int = 365, **values: Any
) -> KeyResult:
    """A key result from 0 on the plan's first day to 100 on day ``target``."""
    objective = plan.objectives.filter(key="o").first() or make_objective(plan, "o")
    usual = {"baseline": "0", "baseline_on": plan.start_on, "targets": ((day(target), "100"),)}
    return make_key_result(objective, key, **usual | values)


@pytest.fixture
def key_result(plan: Plan, owner: User, clock: Clock) -> KeyResult:
    """A key result of the owner, written down on day 1."""
    return rising_key_result(plan, owner=owner)
