"""When a level changes if nothing is reported, and what changed up to today.

Formula source: docs/delay.md, "The next change": a forecast F(t) = max(a, t + b) passes the last
finish L within a threshold for the first time on T = L + 1 - b.
"""

from typing import NamedTuple

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.levels import THRESHOLDS, Level, last_finish_within, level_of


class NextChange(NamedTuple):
    """The day on which a level begins, as seen on that morning."""

    day: int
    level: Level


class Change(NamedTuple):
    """A level that changed on ``day``."""

    day: int
    old: Level
    new: Level


class Settled(NamedTuple):
    """Result of ``settle``: changes in date order, the level now, and the next change."""

    changes: tuple[Change, ...]
    level: Level
    next_change: NextChange | None


def level_on(
    forecast: Forecast, finish: int, duration: int, day: int, minimum_reference: int = 1
) -> Level:
    """Level as of the morning of ``day`` against planned finish and duration."""
    return level_of(forecast.at(day) - finish, duration, minimum_reference)


def upcoming(
    forecast: Forecast, finish: int, duration: int, after: int, minimum_reference: int = 1
) -> tuple[NextChange, ...]:
    """Every level change after day ``after`` if nothing is reported: at most three, by day.

    Thresholds passed on one day give one change, to the highest level.
    """
    if forecast.b is None:
        return ()
    days: list[int] = []
    for threshold in THRESHOLDS:
        last = last_finish_within(threshold, finish, duration, minimum_reference)
        day = last + 1 - forecast.b
        if forecast.a <= last and day > after and day not in days:
            days.append(day)
    return tuple(
        NextChange(day, level_on(forecast, finish, duration, day, minimum_reference))
        for day in days
    )


def next_change(
    forecast: Forecast, finish: int, duration: int, after: int, minimum_reference: int = 1
) -> NextChange | None:
    """First level change after day ``after`` if nothing is reported, or None."""
    changes = upcoming(forecast, finish, duration, after, minimum_reference)
    return changes[0] if changes else None


def settle(
    forecast: Forecast,
    finish: int,
    duration: int,
    *,
    level: Level,
    next_day: int | None,
    today: int,
    minimum_reference: int = 1,
) -> Settled:
    """Carry out every change due by ``today``, each dated the day it fell on.

    ``level`` and ``next_day`` are what is stored. However many sweeps were missed, the result is
    the same. A stored day that brings no new level gives no change.
    """
    changes: list[Change] = []
    day = next_day
    while day is not None and day <= today:
        new = level_on(forecast, finish, duration, day, minimum_reference)
        if new != level:
            changes.append(Change(day, level, new))
            level = new
        following = next_change(forecast, finish, duration, day, minimum_reference)
        day = None if following is None else following.day
    if day is None:
        return Settled(tuple(changes), level, None)
    new = level_on(forecast, finish, duration, day, minimum_reference)
    return Settled(tuple(changes), level, NextChange(day, new))
