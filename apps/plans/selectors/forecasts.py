"""Rows into the delay engine's terms: day numbers in the plan's own calendar."""

import datetime as dt

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.forecasts import Forecast, actual_start_forecast
from apps.plans.engine.items import ItemFacts, OwnForms, own_forecasts
from apps.plans.engine.ledger import Basis, Track
from apps.plans.engine.levels import Level
from apps.plans.engine.nodes import Node, fixed
from apps.plans.models import Item, ItemKind, ItemState, Plan


def day_number(calendar: DayCalendar, day: dt.date | None) -> int | None:
    """Number of a finish or check-in day; None stays None."""
    return None if day is None else calendar.number(day)


def item_facts(item: Item, plan: Plan, calendar: DayCalendar) -> ItemFacts:
    """What is planned and known of a task or a milestone."""
    return ItemFacts(
        planned_start=calendar.start_number(item.start_on),
        planned_finish=calendar.number(item.finish_on),
        duration=item.duration_days,
        grace=plan.grace_days,
        is_point=item.kind == ItemKind.MILESTONE,
        state=ItemState(item.state),
        known_on=day_number(calendar, item.known_on),
        remaining=item.remaining_days,
        started_on=day_number(calendar, item.started_on),
        finished_on=day_number(calendar, item.finished_on),
        resumed_on=day_number(calendar, item.resumed_on),
        declared_finish=day_number(calendar, item.declared_finish_on),
    )


def stored_forecast(item: Item) -> Forecast | None:
    """The stored forecast, the network included; None without one."""
    return None if item.forecast_a is None else Forecast(item.forecast_a, item.forecast_b)


def basis(item: Item, plan: Plan, calendar: DayCalendar, forecast: Forecast | None) -> Basis:
    """What the item's level is computed from."""
    return Basis(
        forecast=forecast,
        planned_finish=calendar.number(item.finish_on),
        duration=item.duration_days,
        minimum_reference=plan.minimum_reference_days,
    )


def track(item: Item, plan: Plan, calendar: DayCalendar) -> Track:
    """What is stored of the item."""
    return Track(
        basis(item, plan, calendar, stored_forecast(item)),
        Level(item.level or Level.ON_PLAN),
        day_number(calendar, item.next_change_on),
    )


def node(item: Item, plan: Plan, calendar: DayCalendar, *, is_moved: bool) -> Node[int] | None:
    """The item in the network; None when it takes no part (cancelled, no baseline yet).

    An item that the change cannot move stands with the forecast it has.
    """
    is_target = item.kind == ItemKind.TARGET
    own = (
        target_forecasts(item, calendar)
        if is_target
        else own_forecasts(item_facts(item, plan, calendar))
    )
    if own is None:
        return None
    start = item.started_on if is_target else item.start_on
    planned = (calendar.start_number(start or item.start_on), calendar.number(item.finish_on))
    finish = stored_forecast(item)
    if is_moved or finish is None:
        return Node(item.pk, *planned, own)
    begin = Forecast(item.start_a if item.start_a is not None else finish.a, item.start_b)
    return fixed(item.pk, *planned, finish, begin, is_point=item.is_point)


def target_forecasts(item: Item, calendar: DayCalendar) -> OwnForms | None:
    """A key-result target's own forecasts as its check-ins left them; None without a baseline."""
    if item.own_a is None or item.state == ItemState.CANCELLED:
        return None
    forecast = Forecast(item.own_a, item.own_b)
    started = item.started_on or item.start_on
    return OwnForms(
        finish=forecast,
        start=forecast if item.is_point else actual_start_forecast(calendar.start_number(started)),
        remaining=item.remaining_days or 0,
        has_started=True,
        is_point=item.is_point,
        is_fixed=item.state == ItemState.FINISHED,
    )
