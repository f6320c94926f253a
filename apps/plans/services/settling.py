"""Carries out the level changes that waiting alone has brought about."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from django.utils import timezone

from apps.core.bulk import new_ids, rows_copy
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.ledger import settle_track
from apps.plans.engine.timeline import Change
from apps.plans.models import Item, LevelChange, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.explanations import explain_change
from apps.plans.selectors.forecasts import track
from apps.plans.selectors.network import Reach
from apps.plans.services.forecasts import SETTLED, items_store

RECORDED = (
    "id",
    "item_id",
    "root_id",
    "changed_on",
    "old_level",
    "new_level",
    "recorded_at",
    "facts",
)


def plan_settle(*, plan: Plan, today: dt.date) -> list[LevelChange]:
    """Record every change due by ``today``, each dated the day it fell on; returns them.

    The caller holds the plan's row. Reads only items whose day has come.
    """
    items = list(plan.items.due(today).order_by("id"))
    if not items:
        return []
    calendar = plan_calendar(plan)
    return items_settle(plan=plan, items=items, calendar=calendar, today=today)


def reach_settle(
    *, plan: Plan, reach: Reach, calendar: DayCalendar, today: dt.date
) -> list[LevelChange]:
    """Settle only what a change can move: no query while nothing of it is due."""
    moved = (reach.items[key] for key in sorted(reach.moved))
    due = [item for item in moved if item.next_change_on and item.next_change_on <= today]
    return items_settle(plan=plan, items=due, calendar=calendar, today=today) if due else []


def items_settle(
    *, plan: Plan, items: Sequence[Item], calendar: DayCalendar, today: dt.date
) -> list[LevelChange]:
    """Settle these items up to ``today``."""
    day = calendar.today_number(today)
    changes: list[LevelChange] = []
    for item in items:
        outcome = settle_track(track(item, plan, calendar), day)
        changes += change_rows(plan, item, outcome.changes, calendar)
        item.level = outcome.track.level.value
        following = outcome.track.next_change_on
        item.next_change_on = None if following is None else calendar.date(following)
    items_store(items, SETTLED)
    changes_store(changes)
    return changes


def changes_store(changes: Sequence[LevelChange]) -> None:
    """Insert records of changes in their order, with COPY: a sweep may bring ten thousand."""
    # COPY fills in no defaults and gives no keys back.
    now = timezone.now()
    for change, key in zip(changes, new_ids(LevelChange, len(changes)), strict=True):
        change.pk, change.recorded_at = key, now
    rows_copy(
        LevelChange,
        RECORDED,
        (
            [*(getattr(change, name) for name in RECORDED[:-1]), json.dumps(change.facts)]
            for change in changes
        ),
    )


def change_rows(
    plan: Plan, item: Item, changes: Iterable[Change], calendar: DayCalendar
) -> list[LevelChange]:
    """Unsaved records of an item's changes, each with the arithmetic of its day."""
    rows = []
    for change in changes:
        facts, root_id = explain_change(plan, item, change, calendar)
        rows.append(
            LevelChange(
                item=item,
                root_id=root_id,
                changed_on=calendar.date(change.day),
                old_level=change.old.value,
                new_level=change.new.value,
                facts=facts,
            )
        )
    return rows
