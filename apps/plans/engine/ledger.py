"""The order of an event: settle, then recompute, then record. ``plan_change`` keeps it.

An event moves forecasts. What the old forecast had already brought about by today must be settled
first (``settle_track``), or a change between the last sweep and the event would be lost; the new
level is then compared with the settled one and dated the day of the event (``rebase``).
Formula source: docs/delay.md, "Events".
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.levels import Level
from apps.plans.engine.timeline import Change, level_on, next_change, settle


@dataclass(frozen=True, slots=True)
class Basis:
    """What a level is computed from. ``forecast`` None: no baseline yet, or cancelled."""

    forecast: Forecast | None
    planned_finish: int
    duration: int
    minimum_reference: int = 1


@dataclass(frozen=True, slots=True)
class Track:
    """What is stored of an item: basis, level, and the day of its next change (or None)."""

    basis: Basis
    level: Level = Level.ON_PLAN
    next_change_on: int | None = None


class Outcome(NamedTuple):
    """The new track of an item and the changes to record, in date order."""

    track: Track
    changes: tuple[Change, ...]


def settle_track(track: Track, today: int) -> Outcome:
    """Carry out every change of a track due by ``today``; what the sweep does to one item."""
    basis = track.basis
    if basis.forecast is None:
        return Outcome(replace(track, next_change_on=None), ())
    settled = settle(
        basis.forecast,
        basis.planned_finish,
        basis.duration,
        level=track.level,
        next_day=track.next_change_on,
        today=today,
        minimum_reference=basis.minimum_reference,
    )
    following = None if settled.next_change is None else settled.next_change.day
    return Outcome(Track(basis, settled.level, following), settled.changes)


def rebase(track: Track, basis: Basis, today: int) -> Outcome:
    """Put a settled track on a new basis on day ``today``, recording the difference in level.

    Without a forecast (no baseline, cancelled) the level stays as it was and nothing follows.
    """
    if basis.forecast is None:
        return Outcome(Track(basis, track.level, None), ())
    terms = (basis.forecast, basis.planned_finish, basis.duration, today, basis.minimum_reference)
    level = level_on(*terms)
    following = next_change(*terms)
    change = None if level == track.level else Change(today, track.level, level)
    new_track = Track(basis, level, None if following is None else following.day)
    return Outcome(new_track, () if change is None else (change,))
