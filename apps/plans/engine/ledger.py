"""The order of an event: settle, recompute, record. Services call this and write what it returns.

An event moves forms. What the old forecast had already brought about by today must be recorded
first, or a change between the last sweep and the event would be lost; and the new level is then
compared with the settled one and dated the day of the event.
Formula source: docs/delay.md, "Events".
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.levels import Level
from apps.plans.engine.timeline import Change, level_on, next_change, settle

K = TypeVar("K", bound=Hashable)


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
    """The new track of an item and the changes to record, in date order.

    ``changes`` of the old forecast come first; ``event_change`` is the last of them when the event
    itself changed the level (else None).
    """

    track: Track
    changes: tuple[Change, ...]
    event_change: Change | None = None


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
    return Outcome(new_track, () if change is None else (change,), change)


def apply_event(
    tracks: Mapping[K, Track], recompute: Callable[[], Mapping[K, Basis]], today: int
) -> dict[K, Outcome]:
    """Settle all ``tracks`` up to ``today``, then recompute, then record the differences.

    ``tracks`` are the item of the event and everything it can move (``network.descendants``);
    ``recompute`` applies the event and returns the new basis of each. An item that is new starts
    on plan. An item that ``recompute`` leaves out is only settled.
    """
    settled = {key: settle_track(track, today) for key, track in tracks.items()}
    outcomes: dict[K, Outcome] = dict(settled)
    for key, basis in recompute().items():
        before = settled.get(key, Outcome(Track(basis), ()))
        after = rebase(before.track, basis, today)
        outcomes[key] = Outcome(after.track, before.changes + after.changes, after.event_change)
    return outcomes
