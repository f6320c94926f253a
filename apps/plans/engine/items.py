"""Own forecasts of an item in every state, before its predecessors are taken into account.

Formula source: docs/delay.md, "Item states".
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from apps.plans.engine.forecasts import (
    Forecast,
    actual_start_forecast,
    finished_forecast,
    point_forecast,
    silent_on,
    waiting_start_forecast,
    work_forecast,
)


class ItemState(StrEnum):
    """Life of an item. A cancelled item takes no part in the network."""

    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class OwnForms(NamedTuple):
    """What the network needs of one item.

    ``finish`` and ``start`` are the own forecasts, ``remaining`` the days of work left (0 for a
    point). A point is a milestone, a yes/no item or a held value: its start is its finish.
    A fixed item takes no push from its predecessors (finished, or already computed).
    """

    finish: Forecast
    start: Forecast
    remaining: int
    has_started: bool
    is_point: bool
    is_fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What is planned and known of one task or point; days in the plan's day numbers.

    ``known_on`` c and ``remaining`` r come from the last check-in (both None before the first);
    ``resumed_on`` is the day the last pause ended; ``declared_finish`` the owner's own date,
    which can only raise the forecast.
    """

    planned_start: int
    planned_finish: int
    duration: int
    grace: int = 7
    is_point: bool = False
    state: ItemState = ItemState.OPEN
    known_on: int | None = None
    remaining: int | None = None
    started_on: int | None = None
    finished_on: int | None = None
    resumed_on: int | None = None
    declared_finish: int | None = None


def knowledge(facts: ItemFacts) -> tuple[int, int]:
    """(c, r): day of the last knowledge and remaining days at its end.

    Before any check-in (s - 1, D); while not started c is at least s - 1; a pause that ended on
    day x makes c at least x - 1.
    """
    before_start = facts.planned_start - 1
    known_on = before_start if facts.known_on is None else facts.known_on
    remaining = facts.duration if facts.remaining is None else facts.remaining
    if facts.started_on is None:
        known_on = max(known_on, before_start)
    if facts.resumed_on is not None:
        known_on = max(known_on, facts.resumed_on - 1)
    return known_on, remaining


def own_forecasts(facts: ItemFacts) -> OwnForms | None:
    """Own forecasts of an item in its state; None when it is cancelled."""
    if facts.state == ItemState.CANCELLED:
        return None
    if facts.finished_on is not None:
        return _finished(facts, facts.finished_on)
    if facts.is_point:
        forecast = point_forecast(facts.planned_finish, facts.declared_finish)
        return OwnForms(forecast, forecast, 0, has_started=False, is_point=True, is_fixed=False)
    return _working(facts)


def _finished(facts: ItemFacts, finished_on: int) -> OwnForms:
    finish = finished_forecast(finished_on)
    started_on = facts.started_on
    if started_on is None:
        started_on = min(facts.planned_start, finished_on)
    start = finish if facts.is_point else actual_start_forecast(started_on)
    return OwnForms(finish, start, 0, has_started=True, is_point=facts.is_point, is_fixed=True)


def _working(facts: ItemFacts) -> OwnForms:
    is_paused = facts.state == ItemState.PAUSED
    known_on, remaining = knowledge(facts)
    finish = work_forecast(
        known_on,
        remaining,
        facts.grace,
        is_paused=is_paused,
        declared_finish=facts.declared_finish,
    )
    if facts.started_on is None:
        start = waiting_start_forecast(known_on, facts.grace, is_paused=is_paused)
    else:
        start = actual_start_forecast(facts.started_on)
    has_started = facts.started_on is not None
    return OwnForms(finish, start, remaining, has_started, is_point=False, is_fixed=False)


def silent_day(facts: ItemFacts) -> int | None:
    """First day the item is silent if nothing is reported; None when no check-in is expected.

    Points, paused, finished and cancelled items are never silent.
    """
    if facts.is_point or facts.state != ItemState.OPEN:
        return None
    return silent_on(knowledge(facts)[0], facts.grace)
