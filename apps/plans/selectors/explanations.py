"""The arithmetic behind a colour, from a row."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.explanation import DriverStep, Explanation, Knowledge, explain
from apps.plans.engine.items import knowledge
from apps.plans.engine.ledger import Basis
from apps.plans.engine.timeline import Change
from apps.plans.models import Item, ItemKind, ItemState, Plan
from apps.plans.selectors.forecasts import basis, item_facts, stored_forecast


def explain_item(
    item: Item,
    plan: Plan,
    calendar: DayCalendar,
    today: dt.date,
    drivers: Sequence[DriverStep] = (),
) -> Explanation | None:
    """Everything that led to the item's level on the morning of ``today``.

    None where there is no arithmetic: no baseline yet, or cancelled.
    """
    forecast = stored_forecast(item)
    if forecast is None:
        return None
    return explain(
        calendar,
        today,
        planned_start=calendar.start_number(item.start_on),
        basis=basis(item, plan, calendar, forecast),
        knowledge=item_knowledge(item, plan, calendar),
        first=Basis(
            forecast,
            calendar.number(item.first_finish_on),
            item.first_duration_days,
            plan.minimum_reference_days,
        ),
        baseline_version=item.baseline_version,
        drivers=tuple(drivers),
    )


def item_knowledge(item: Item, plan: Plan, calendar: DayCalendar) -> Knowledge:
    """What was last reported of the item."""
    if item.kind == ItemKind.TARGET:
        known_on = calendar.number(item.known_on or item.start_on)
        remaining = item.remaining_days
    else:
        known_on, remaining = knowledge(item_facts(item, plan, calendar))
    is_working = item.state == ItemState.OPEN and not item.is_point
    declared = item.declared_finish_on
    return Knowledge(
        known_on=known_on,
        grace_days=plan.grace_days,
        remaining_days=remaining if is_working else None,
        percent=None if item.percent is None else str(item.percent),
        value=item.last_report.get("value"),
        declared_finish=None if declared is None else calendar.number(declared),
        has_check_in=item.known_on is not None,
        has_progress=is_working,
    )


def explain_change(
    plan: Plan, item: Item, change: Change, calendar: DayCalendar
) -> tuple[dict[str, Any], int | None]:
    """The arithmetic of the day a level changed on, as plain data, and the id of the root cause."""
    explanation = explain_item(item, plan, calendar, calendar.date(change.day))
    return ({} if explanation is None else explanation.to_json()), root_id(item, change.day)


def root_id(item: Item, day: int) -> int | None:
    """The item at the end of the driver chain on day number ``day``; itself when none pushes it."""
    return item.stall_root_id if is_stalled(item, day) else item.root_id


def driver_id(item: Item, day: int) -> int | None:
    """The item that pushes this one on day number ``day``; None when nothing does."""
    return item.stall_driver_id if is_stalled(item, day) else item.driver_id


def is_stalled(item: Item, day: int) -> bool:
    """Whether the part of the forecast that grows while nobody reports decides on that day."""
    forecast = stored_forecast(item)
    return forecast is not None and forecast.b is not None and day + forecast.b > forecast.a
