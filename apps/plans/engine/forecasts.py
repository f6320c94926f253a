"""Forecasts: the finish seen on day t is F(t) = max(a, t + b).

All days are integers in the plan's own day numbers (see ``calendars``). "Known on day c" means
the state at the end of day c; "as of day t" means the morning of day t.
Formula source: docs/delay.md, "The forecast" and "Item states".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from apps.plans.engine.errors import PlanRuleError, gettext_noop

Number = int | Decimal | Fraction
"""An exact number. Floats are refused: levels turn on exact edges."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """F(t) = max(a, t + b); ``b`` None: the forecast no longer moves with the day."""

    a: int
    b: int | None

    def at(self, day: int) -> int:
        """Forecast day as seen on the morning of ``day``."""
        return self.a if self.b is None else max(self.a, day + self.b)

    def max(self, other: "Forecast") -> "Forecast":
        """Forecast of the later of two forecasts: the pair of maxima."""
        if self.b is None or other.b is None:
            b = other.b if self.b is None else self.b
        else:
            b = max(self.b, other.b)
        return Forecast(max(self.a, other.a), b)

    def at_least(self, day: int | None) -> "Forecast":
        """Raise the fixed part to ``day``; None changes nothing."""
        return self if day is None else Forecast(max(self.a, day), self.b)


def work_forecast(
    known_on: int,
    remaining: int,
    grace: int,
    *,
    is_paused: bool = False,
    declared_finish: int | None = None,
) -> Forecast:
    """Forecast of unfinished work: a = c + r, b = max(r - 1 - g, 0), a raised to a declared finish.

    Progress is taken as going on for ``grace`` days after the last check-in, then as standing
    still. A pause takes the grace away: b = max(r - 1, 0).
    """
    slack = 0 if is_paused else grace
    forecast = Forecast(known_on + remaining, max(remaining - 1 - slack, 0))
    return forecast.at_least(declared_finish)


def point_forecast(planned_finish: int, declared_finish: int | None = None) -> Forecast:
    """Forecast of a milestone or yes/no item: late from the day after it was due."""
    return Forecast(planned_finish, 0).at_least(declared_finish)


def hold_forecast(
    planned_finish: int, outside_since: int | None, declared_finish: int | None = None
) -> Forecast:
    """Forecast of a value to be held: inside on plan, each day outside is a day of delay."""
    b = None if outside_since is None else planned_finish - outside_since
    return Forecast(planned_finish, b).at_least(declared_finish)


def finished_forecast(finished_on: int) -> Forecast:
    """Forecast of a finished item: the actual finish, which no day changes."""
    return Forecast(finished_on, None)


def waiting_start_forecast(known_on: int, grace: int, *, is_paused: bool = False) -> Forecast:
    """Start of work not started: the day after ``known_on``, standing still after grace."""
    return Forecast(known_on + 1, 0 if is_paused else -grace)


def actual_start_forecast(started_on: int) -> Forecast:
    """Start forecast of work that has started."""
    return Forecast(started_on, None)


def latest(forecasts: Iterable[Forecast]) -> Forecast | None:
    """Forecast of the latest of many (a phase, an objective); None when there are none."""
    result: Forecast | None = None
    for forecast in forecasts:
        result = forecast if result is None else result.max(forecast)
    return result


def exact(value: Number) -> Fraction:
    """``value`` as an exact fraction. Raises PlanRuleError "number.inexact" for other types."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise PlanRuleError(
            "number.inexact",
            gettext_noop("%(value)s is not an exact number; give a whole or a decimal number."),
            {"value": repr(value)},
        )
    if isinstance(value, Decimal) and not value.is_finite():
        raise PlanRuleError(
            "number.not_finite", gettext_noop("%(value)s is not a number."), {"value": str(value)}
        )
    return Fraction(value)


def planned_duration(start: int, finish: int) -> int:
    """Planned duration in days, both ends included, at least 1."""
    return max(finish - start + 1, 1)


def remaining_from_percent(duration: int, percent: Number) -> int:
    """Remaining days of work that is ``percent`` % done: D(100 - p)/100, rounded up.

    Raises PlanRuleError "percent.out_of_range" outside 0 to 100.
    """
    done = exact(percent)
    if not 0 <= done <= 100:
        raise PlanRuleError(
            "percent.out_of_range",
            gettext_noop("%(percent)s %% done is not between 0 and 100."),
            {"percent": str(percent)},
        )
    return ceil(duration * (100 - done) / 100)


def rescaled_remaining(remaining: int, old_duration: int, new_duration: int) -> int:
    """Remaining days after a re-baseline that keeps the share done, rounded up."""
    return -(-new_duration * remaining // old_duration)


def milestone_reference_start(
    own_from: int | None,
    linked_starts: Iterable[int],
    phase_start: int | None,
    plan_start: int,
) -> int:
    """Day from which a zero-duration milestone's reference duration counts.

    Its own "from" day, else the earliest planned start among what is linked into it, else the
    start of its phase, else the start of the plan.
    """
    if own_from is not None:
        return own_from
    earliest = min(linked_starts, default=None)
    if earliest is not None:
        return earliest
    return plan_start if phase_start is None else phase_start


def silent_on(known_on: int, grace: int) -> int:
    """First day on which an item is silent: nothing was reported up to day c + g."""
    return known_on + grace + 1
