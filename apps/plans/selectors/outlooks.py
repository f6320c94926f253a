"""What a list shows of an item today: forecast, delay, and the badges that stand for its state."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.explanation import shown_percent
from apps.plans.engine.levels import Level, reference_duration
from apps.plans.models import ItemState, Plan

# What `OutlookMaker.of` reads; the same names work with `.only()` and with `.values_list()`.
OUTLOOK_FIELDS = (
    "state",
    "level",
    "owner_id",
    "finish_on",
    "duration_days",
    "forecast_a",
    "forecast_b",
    "silent_on",
    "root_id",
    "stall_root_id",
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Seen on one morning. Delay in the plan's days and percent of what counts as 100 %.

    ``shown`` is the badge that leads: the level, or the state that forbids a colour. ``beside`` are
    the other states. ``root_id`` is the item that causes the forecast, the item itself included.
    """

    forecast_on: dt.date | None
    delay_days: int | None
    delay_percent: Decimal | None
    shown: str
    beside: tuple[str, ...]
    root_id: int | None


class OutlookMaker:
    """Turns many rows of one plan into outlooks; each date is computed once."""

    def __init__(self, plan: Plan, calendar: DayCalendar, today: dt.date) -> None:
        self.today = today
        self.minimum_reference = plan.minimum_reference_days
        self.day = calendar.today_number(today)
        # Of this maker alone: another plan may count its days by another calendar.
        self.date = lru_cache(maxsize=4096)(calendar.date)
        self.number = lru_cache(maxsize=4096)(calendar.number)

    def of(self, row: Any) -> Outlook:
        """The outlook of an item, or of any row with the columns of ``OUTLOOK_FIELDS``."""
        states = self.states(row)
        shown = shown_badge(row.state, row.level, states)
        beside = tuple(state for state in states if state != shown)
        if row.forecast_a is None:
            return Outlook(None, None, None, shown, beside, None)
        growing = None if row.forecast_b is None else self.day + row.forecast_b
        is_stalled = growing is not None and growing > row.forecast_a
        forecast = growing if is_stalled and growing is not None else row.forecast_a
        delay = forecast - self.number(row.finish_on)
        reference = reference_duration(row.duration_days, self.minimum_reference)
        root = row.stall_root_id if is_stalled else row.root_id
        percent = shown_percent(delay, reference)
        return Outlook(self.date(forecast), delay, percent, shown, beside, root)

    def states(self, row: Any) -> list[str]:
        """What is to be said of the item beside its level."""
        if row.state != ItemState.OPEN:
            return [row.state]
        found = []
        if not row.level:
            found.append("no_baseline")
        if row.silent_on is not None and row.silent_on <= self.today:
            found.append("silent")
        if row.owner_id is None:
            found.append("no_owner")
        return found


def shown_badge(state: str, level: str, states: list[str]) -> str:
    """The leading badge: a silent item is never green, a cancelled one has no colour."""
    if state == ItemState.CANCELLED:
        return state
    if not level:
        return "no_baseline"
    if level == Level.ON_PLAN and "silent" in states:
        return "silent"
    return level
