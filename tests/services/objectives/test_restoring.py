"""Restoring an objective: what archiving paused goes on, and nothing else does."""

import datetime as dt

import time_machine

from apps.objectives.models import KeyResult, Objective
from apps.objectives.services.closing import objective_archive, objective_restore
from apps.people.models import User
from apps.plans.models import Item
from apps.plans.services import plan_change
from apps.plans.services.items import item_pause


def targets(objective: Objective) -> list[Item]:
    items = Item.objects.filter(target__key_result__objective=objective)
    return list(items.order_by("target__due_on"))


def moment(year: int, month: int, number: int) -> dt.datetime:
    return dt.datetime(year, month, number, 4, tzinfo=dt.UTC)


def test_a_target_that_somebody_paused_before_stays_paused(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    first, second = targets(objective)
    with time_machine.travel(moment(2026, 3, 1), tick=False):
        with plan_change(plan=objective.plan, by=pmo, reason="on hold") as change:
            item_pause(change=change, item=first)
        stored = targets(objective)[0]
    with time_machine.travel(moment(2026, 3, 2), tick=False):
        objective_archive(objective=objective, by=pmo, reason="not now")
    with time_machine.travel(moment(2026, 5, 1), tick=False):
        objective_restore(objective=objective, by=pmo, reason="now")
    first, second = targets(objective)
    assert (first.state, first.paused_on) == ("paused", stored.paused_on)
    assert (second.state, second.paused_on) == ("open", None)


def test_what_goes_on_is_asked_for_again(
    objective: Objective, key_result: KeyResult, pmo: User
) -> None:
    with time_machine.travel(moment(2026, 3, 2), tick=False):
        objective_archive(objective=objective, by=pmo, reason="not now")
    for item in targets(objective):
        assert (item.state, item.paused_on) == ("paused", dt.date(2026, 3, 2))
        assert item.silent_on is None
    with time_machine.travel(moment(2026, 5, 1), tick=False):
        objective_restore(objective=objective, by=pmo, reason="now")
    for item in targets(objective):
        assert (item.state, item.resumed_on) == ("open", dt.date(2026, 5, 1))
        assert item.silent_on == dt.date(2026, 5, 8)
