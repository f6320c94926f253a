"""What is asked of an update before it is saved."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.cadence.domain.preview import DayProblem, Why, day_problem, is_worse, reasons
from apps.plans.engine.key_results import DatedTarget, KeyResultKind
from apps.plans.engine.levels import Level

BOUNDS = DatedTarget(0, low=10, high=20)


def day(number: int) -> dt.date:
    return dt.date(2026, 1, number)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (21, DayProblem.FUTURE),
        (20, None),
        (15, None),
        (14, DayProblem.CLOSED),
        (5, DayProblem.CLOSED),
        (4, DayProblem.BEFORE_PLAN),
    ],
)
def test_an_update_is_for_a_day_of_the_open_period(number: int, problem: DayProblem | None) -> None:
    found = day_problem(day(number), today=day(20), plan_start=day(5), opens_on=day(15))
    assert found == problem


@pytest.mark.parametrize(
    ("kind", "old", "new", "worse"),
    [
        ("increase", 5, 4, True),
        ("increase", 5, 5, False),
        ("increase", -5, -4, False),
        ("decrease", 5, 6, True),
        ("decrease", 5, 4, False),
        ("keep_within", 15, 21, True),
        ("keep_within", 22, 21, False),
        ("keep_within", 9, 21, False),
        ("keep_within", 9, 22, True),
        ("keep_within", 10, 20, False),
        ("keep_at_least", 12, 11, False),
        ("keep_at_least", 12, 9, True),
        ("keep_at_least", 12, 99, False),
        ("keep_at_most", 12, 21, True),
        ("keep_at_most", 12, -9, False),
        ("binary", 1, 0, True),
        ("binary", 0, 1, False),
    ],
)
def test_worse_is_further_from_what_the_kind_wants(
    kind: str, old: int, new: int, worse: bool
) -> None:
    assert is_worse(KeyResultKind(kind), BOUNDS, Decimal(old), Decimal(new)) is worse


def test_a_first_value_is_never_worse() -> None:
    assert not is_worse(KeyResultKind.INCREASE, BOUNDS, None, Decimal(-1))


def test_a_note_is_asked_for_only_when_something_is_wrong() -> None:
    assert reasons(level=Level.ON_PLAN, worse=False, is_correction=False) == ()
    assert reasons(level=None, worse=False, is_correction=False) == ()
    assert reasons(level=Level.YELLOW, worse=False, is_correction=False) == (Why.LATE,)
    assert reasons(level=Level.RED, worse=True, is_correction=False) == (Why.WORSE, Why.RED)
    assert reasons(level=None, worse=False, is_correction=True) == (Why.CORRECTION,)
