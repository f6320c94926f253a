"""The arithmetic of any numbers: through JSON and back, and as a percentage for show."""

import datetime as dt
import json
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.calendars import CalendarDays
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
from apps.plans.engine.levels import Level, level_of

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))
levels = st.sampled_from(Level)
steps = st.builds(DriverStep, st.text(max_size=5), st.sampled_from(["FS", "FF"]), st.integers())
kinds = {
    "dt.date": days,
    "date": days,
    "date | None": st.none() | days,
    "int": st.integers(-9, 999),
    "int | None": st.none() | st.integers(-9, 999),
    "str | None": st.none() | st.text(max_size=5),
    "Level": levels,
    "tuple[DriverStep, ...]": st.lists(steps, max_size=3).map(tuple),
    "tuple[Upcoming, ...]": st.lists(st.builds(Upcoming, days, levels), max_size=3).map(tuple),
}


def kind(annotation: Any) -> str:
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    text = str(annotation).replace("datetime.", "")
    for module in ("apps.plans.engine.explanation.", "apps.plans.engine.levels."):
        text = text.replace(module, "")
    return text if text in kinds else name


explanations = st.fixed_dictionaries(
    {item.name: kinds[kind(item.type)] for item in fields(Explanation)}
).map(lambda values: Explanation(**values))


def plain(value: object) -> bool:
    """Whether a value is what JSON itself has, and no class of ours that passes for it."""
    if type(value) is list:
        return all(plain(part) for part in value)
    return value is None or type(value) in {int, str}


@given(explanations)
def test_json_is_plain_and_gives_an_equal_object_back(told: Explanation) -> None:
    data = told.to_json()
    assert type(data) is dict
    assert [name for name, value in data.items() if not plain(value)] == []
    back = Explanation.from_json(json.loads(json.dumps(data)))
    assert back == told
    for ours, theirs in ((back.level, told.level), (back.first_level, told.first_level)):
        assert ours is theirs
    assert all(type(step) is DriverStep for step in back.drivers)
    assert all(type(one) is Upcoming and type(one.level) is Level for one in back.upcoming)


@given(explanations, st.sampled_from([item.name for item in fields(Explanation)]))
def test_json_without_a_part_is_refused(told: Explanation, name: str) -> None:
    data = told.to_json()
    del data[name]
    with pytest.raises(KeyError):
        Explanation.from_json(data)


@given(st.integers(-3000, 9000), st.sampled_from([1, 2, 3, 7, 40, 365, 400, 1000, 2000, 10000]))
def test_shown_percent_is_rounded_half_up_but_never_onto_a_threshold_that_is_passed(
    delay: int, reference: int
) -> None:
    shown = shown_percent(delay, reference)
    assert shown.as_tuple().exponent == -1
    tenths = Fraction(1000 * delay, reference)
    sign = 1 if tenths >= 0 else -1
    half_up = sign * floor(abs(tenths) + Fraction(1, 2))
    is_hidden = half_up in {0, 100, 300} and tenths > half_up
    assert shown == Decimal(half_up + is_hidden) / 10
    passed = [limit for limit in (0, 10, 30) if shown > limit]
    assert level_of(delay, reference).rank == len(passed)


def test_what_is_not_said_is_the_first_baseline_without_drivers() -> None:
    basis = Basis(Forecast(100, 0), 100, 10)
    known = Knowledge(known_on=90, grace_days=7)
    told = explain(
        CalendarDays(),
        dt.date.fromordinal(95),
        planned_start=91,
        basis=basis,
        knowledge=known,
        first=basis,
    )
    assert (told.baseline_version, told.drivers) == (1, ())
    assert (told.known_on, told.assumes_progress_until) == (
        dt.date.fromordinal(90),
        dt.date.fromordinal(97),
    )
