"""The arithmetic behind a colour, as plain data without words; the edge puts it into sentences.

Formula source: docs/delay.md, "What is shown with every colour".
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.engine.ledger import Basis
from apps.plans.engine.levels import THRESHOLDS, Level, level_of, reference_duration
from apps.plans.engine.timeline import upcoming


class DriverStep(NamedTuple):
    """One step of the driver chain, nearest first: item, link kind and typed lag in days."""

    key: str
    kind: str
    lag: int


class Upcoming(NamedTuple):
    """A level that begins on a date if nothing is reported."""

    on: date
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What was last reported: check-in day c (None before any), percent or value as text, r.

    ``percent`` and ``value`` are exact decimals as text, None when not given. ``grace_days`` is g.
    ``has_progress``: the forecast assumes progress until day c + g (open work and climbs; not
    points, holds, paused or finished items).
    """

    known_on: int
    grace_days: int
    remaining_days: int | None = None
    percent: str | None = None
    value: str | None = None
    declared_finish: int | None = None
    has_check_in: bool = True
    has_progress: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that led to a level as of the morning of ``as_of``.

    Days are counted days of the plan (calendar or working days). ``reference_days`` is what
    counts as 100 %. ``forecast`` is F = max(``fixed_finish``, as of + ``slope_days``);
    ``slope_days`` None: no day moves it. ``first_*`` compare with the first baseline.
    """

    as_of: date
    planned_start: date
    planned_finish: date
    duration_days: int
    reference_days: int
    known_on: date | None
    percent: str | None
    value: str | None
    remaining_days: int | None
    grace_days: int
    declared_finish: date | None
    assumes_progress_until: date | None
    fixed_finish: date
    slope_days: int | None
    forecast: date
    delay_days: int
    level: Level
    baseline_version: int
    first_planned_finish: date
    first_reference_days: int
    first_delay_days: int
    first_level: Level
    drivers: tuple[DriverStep, ...]
    upcoming: tuple[Upcoming, ...]

    @property
    def delay_percent(self) -> Decimal:
        """Delay in percent for show, one decimal."""
        return shown_percent(self.delay_days, self.reference_days)

    @property
    def first_delay_percent(self) -> Decimal:
        """Delay against the first baseline in percent for show, one decimal."""
        return shown_percent(self.first_delay_days, self.first_reference_days)

    def to_json(self) -> dict[str, Any]:
        """Plain dict, lists, text and numbers; ``from_json`` gives an equal object back."""
        data: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in _DATES:
            if data[name] is not None:
                data[name] = data[name].isoformat()
        data["level"] = str(self.level)
        data["first_level"] = str(self.first_level)
        data["drivers"] = [list(step) for step in self.drivers]
        data["upcoming"] = [[step.on.isoformat(), str(step.level)] for step in self.upcoming]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Explanation":
        """Rebuild from ``to_json``. Raises KeyError, TypeError or ValueError on other data."""
        values = {item.name: data[item.name] for item in fields(cls)}
        for name in _DATES:
            if values[name] is not None:
                values[name] = date.fromisoformat(values[name])
        values["level"] = Level(values["level"])
        values["first_level"] = Level(values["first_level"])
        values["drivers"] = tuple(DriverStep(*step) for step in values["drivers"])
        values["upcoming"] = tuple(
            Upcoming(date.fromisoformat(on), Level(level)) for on, level in values["upcoming"]
        )
        return cls(**values)


_DATES = (
    "as_of",
    "planned_start",
    "planned_finish",
    "known_on",
    "declared_finish",
    "assumes_progress_until",
    "fixed_finish",
    "forecast",
    "first_planned_finish",
)


def shown_percent(delay_days: int, reference_days: int) -> Decimal:
    """Delay in percent, one decimal, rounded half up.

    Just above a threshold it is rounded up instead, so that orange never reads "10.0 %".
    """
    tenths = Fraction(1000 * delay_days, reference_days)
    quotient = Decimal(tenths.numerator) / Decimal(tenths.denominator)
    shown = quotient.to_integral_value(ROUND_HALF_UP)
    if shown in [10 * threshold for threshold in THRESHOLDS]:
        shown = quotient.to_integral_value(ROUND_CEILING)
    return shown.scaleb(-1)


def explain(
    calendar: DayCalendar,
    today: date,
    *,
    planned_start: int,
    basis: Basis,
    knowledge: Knowledge,
    first: Basis,
    baseline_version: int = 1,
    drivers: tuple[DriverStep, ...] = (),
) -> Explanation:
    """Explanation of an item's level on ``today``.

    ``basis`` gives finish, duration, minimum reference of the baseline in force, ``first``
    those of the first baseline; ``basis.forecast`` is that after propagation. Raises
    PlanRuleError "explanation.no_forecast" when it is None (no baseline yet, or cancelled).
    """
    pair = basis.forecast
    if pair is None:
        raise PlanRuleError("explanation.no_forecast", gettext_noop("No forecast, no arithmetic."))
    t = calendar.today_number(today)
    forecast = pair.at(t)
    following = upcoming(pair, basis.planned_finish, basis.duration, t, basis.minimum_reference)
    return Explanation(
        **_known_values(calendar, knowledge),
        **_first_values(calendar, first, forecast),
        as_of=today,
        planned_start=calendar.date(planned_start),
        planned_finish=calendar.date(basis.planned_finish),
        duration_days=basis.duration,
        reference_days=reference_duration(basis.duration, basis.minimum_reference),
        fixed_finish=calendar.date(pair.a),
        slope_days=pair.b,
        forecast=calendar.date(forecast),
        delay_days=forecast - basis.planned_finish,
        level=_level(basis, forecast),
        baseline_version=baseline_version,
        drivers=drivers,
        upcoming=tuple(Upcoming(calendar.date(c.day), c.level) for c in following),
    )


def _level(basis: Basis, forecast: int) -> Level:
    return level_of(forecast - basis.planned_finish, basis.duration, basis.minimum_reference)


def _known_values(calendar: DayCalendar, known: Knowledge) -> dict[str, Any]:
    declared, until = known.declared_finish, known.known_on + known.grace_days
    return {
        "known_on": calendar.date(known.known_on) if known.has_check_in else None,
        "percent": known.percent,
        "value": known.value,
        "remaining_days": known.remaining_days,
        "grace_days": known.grace_days,
        "declared_finish": None if declared is None else calendar.date(declared),
        "assumes_progress_until": calendar.date(until) if known.has_progress else None,
    }


def _first_values(calendar: DayCalendar, first: Basis, forecast: int) -> dict[str, Any]:
    return {
        "first_planned_finish": calendar.date(first.planned_finish),
        "first_reference_days": reference_duration(first.duration, first.minimum_reference),
        "first_delay_days": forecast - first.planned_finish,
        "first_level": _level(first, forecast),
    }
