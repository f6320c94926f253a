"""The arithmetic behind a colour, and its way through JSON."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from apps.plans.engine.calendars import CalendarDays, WorkingCalendar
from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.explanation import (
    DriverStep,
    Explanation,
    Knowledge,
    Upcoming,
    explain,
    shown_percent,
)
from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.ledger import Basis
from apps.plans.engine.levels import Level

START = date(2026, 1, 1).toordinal()
BASIS = Basis(Forecast(START + 114, 67 + START - START), START + 99, 100)


def quarter_done() -> Explanation:
    """100 days from 1 January, 25 % done on day 40."""
    return explain(
        CalendarDays(),
        date(2026, 2, 10),
        planned_start=START,
        basis=BASIS,
        knowledge=Knowledge(known_on=START + 39, grace_days=7, remaining_days=75, percent="25"),
        first=Basis(None, START + 89, 90),
        baseline_version=2,
        drivers=(DriverStep("T-1", "FS", 2),),
    )


def test_it_holds_the_whole_arithmetic() -> None:
    told = quarter_done()
    assert (told.planned_start, told.planned_finish) == (date(2026, 1, 1), date(2026, 4, 10))
    assert (told.known_on, told.remaining_days, told.percent) == (date(2026, 2, 9), 75, "25")
    assert (told.fixed_finish, told.slope_days) == (date(2026, 4, 25), 67)
    assert (told.forecast, told.delay_days, told.level) == (date(2026, 4, 25), 15, Level.ORANGE)
    assert (Fraction(told.delay_days, told.reference_days), told.delay_percent) == (
        Fraction(3, 20),
        Decimal("15.0"),
    )
    assert told.assumes_progress_until == date(2026, 2, 16)
    assert told.upcoming == (Upcoming(date(2026, 3, 5), Level.RED),)


def test_it_compares_with_the_first_baseline() -> None:
    told = quarter_done()
    assert (told.first_delay_days, told.first_level) == (25, Level.ORANGE)
    assert told.first_delay_percent == Decimal("27.8")
    assert told.first_planned_finish == date(2026, 3, 31)


def test_json_gives_an_equal_object_back() -> None:
    told = quarter_done()
    assert Explanation.from_json(json.loads(json.dumps(told.to_json()))) == told
    declared = replace(told, declared_finish=date(2026, 5, 1), known_on=None, slope_days=None)
    assert Explanation.from_json(json.loads(json.dumps(declared.to_json()))) == declared


def test_working_days_come_back_as_dates() -> None:
    calendar = WorkingCalendar()
    first = calendar.start_number(date(2026, 1, 1))
    told = explain(
        calendar,
        date(2026, 1, 18),
        planned_start=first,
        basis=Basis(Forecast(first + 9, 0), first + 9, 10),
        knowledge=Knowledge(
            known_on=first - 1,
            grace_days=5,
            declared_finish=first + 10,
            has_check_in=False,
            has_progress=False,
        ),
        first=Basis(None, first + 9, 10),
    )
    assert told.planned_finish == date(2026, 1, 14)
    assert (told.forecast, told.delay_days) == (date(2026, 1, 16), 2)
    assert (told.known_on, told.assumes_progress_until) == (None, None)
    assert told.declared_finish == date(2026, 1, 15)
    assert told.upcoming == (Upcoming(date(2026, 1, 20), Level.RED),)


def test_without_a_form_there_is_no_arithmetic() -> None:
    with pytest.raises(PlanRuleError, match="no arithmetic"):
        explain(
            CalendarDays(),
            date(2026, 1, 1),
            planned_start=START,
            basis=replace(BASIS, forecast=None),
            knowledge=Knowledge(known_on=START, grace_days=7),
            first=BASIS,
        )


@pytest.mark.parametrize(
    ("delay", "reference", "shown"),
    [
        (8, 30, "26.7"),
        (8, 70, "11.4"),
        (1, 365, "0.3"),
        (10, 100, "10.0"),
        (1001, 10000, "10.1"),
        (3001, 10000, "30.1"),
        (1, 10000, "0.1"),
        (-5, 40, "-12.5"),
        (-1, 10000, "0.0"),
        (0, 5, "0.0"),
        (9999, 100000, "10.0"),
    ],
)
def test_shown_percent_never_contradicts_the_level(delay: int, reference: int, shown: str) -> None:
    assert shown_percent(delay, reference) == Decimal(shown)
