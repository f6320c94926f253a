"""What is asked of an update before it is saved: its day, and when it needs a reason in words.

Formula source: docs/cadence.md, "My week".
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from apps.plans.engine.forecasts import exact
from apps.plans.engine.key_results import DatedTarget, KeyResultKind
from apps.plans.engine.levels import Level


class Why(StrEnum):
    """Why a note is asked for."""

    WORSE = "worse"
    LATE = "late"
    RED = "red"
    CORRECTION = "correction"


class DayProblem(StrEnum):
    """Why an update cannot be for a day."""

    FUTURE = "future"
    BEFORE_PLAN = "before_plan"
    CLOSED = "closed"


def day_problem(
    for_on: dt.date, *, today: dt.date, plan_start: dt.date, opens_on: dt.date
) -> DayProblem | None:
    """What speaks against reporting for a day; ``opens_on`` is the first day still open."""
    if for_on > today:
        return DayProblem.FUTURE
    if for_on < plan_start:
        return DayProblem.BEFORE_PLAN
    return DayProblem.CLOSED if for_on < opens_on else None


def is_worse(kind: KeyResultKind, target: DatedTarget, old: Decimal | None, new: Decimal) -> bool:
    """Whether a value is worse than the one before: further from what the kind wants."""
    if old is None:
        return False
    if kind.is_path:
        return kind.direction * new < kind.direction * old
    if kind is KeyResultKind.BINARY:
        return new < 1 <= old
    return distance(kind, target, new) > distance(kind, target, old)


def distance(kind: KeyResultKind, target: DatedTarget, value: Decimal) -> Fraction:
    """How far outside its bounds a value lies; 0 inside."""
    number = exact(value)
    below = above = Fraction(0)
    if kind is not KeyResultKind.KEEP_AT_MOST and target.low is not None:
        below = exact(target.low) - number
    if kind is not KeyResultKind.KEEP_AT_LEAST and target.high is not None:
        above = number - exact(target.high)
    return max(below, above, Fraction(0))


def reasons(*, level: Level | None, worse: bool, is_correction: bool) -> tuple[Why, ...]:
    """Why the note may not be empty; nothing when all is well. ``level``: after the update."""
    found = []
    if is_correction:
        found.append(Why.CORRECTION)
    if worse:
        found.append(Why.WORSE)
    if level is Level.RED:
        found.append(Why.RED)
    elif level is not None and level is not Level.ON_PLAN:
        found.append(Why.LATE)
    return tuple(found)
