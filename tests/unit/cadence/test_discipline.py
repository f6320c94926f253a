"""Counts and rates."""

import datetime as dt
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.cadence.domain.discipline import Tally, tally_of, total, weeks_until
from apps.cadence.domain.duties import DutyState

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

duties = st.lists(st.tuples(st.sampled_from(DutyState), st.booleans()))


def test_the_denominator_is_fair() -> None:
    found = Tally(on_time=6, late=1, missed=1, excused=5, open=3, unowned=4)
    assert found.counted == 8
    assert found.rate == Fraction(3, 4)


def test_nothing_counted_is_no_rate_rather_than_nought() -> None:
    assert Tally(excused=2, open=1, unowned=3).rate is None


def test_what_nobody_owed_is_nobody_s_fault() -> None:
    assert tally_of("missed", 2, is_owned=False) == Tally(unowned=2)
    assert tally_of("missed", 2) == Tally(missed=2)


def test_the_worst_leads() -> None:
    assert Tally(on_time=9, late=1, missed=1).worst == "missed"
    assert Tally(on_time=9, late=1).worst == "late"
    assert Tally(on_time=1, excused=1).worst == "on_time"
    assert Tally(on_time=9, open=1).worst == "open"
    assert Tally(excused=1, open=1).worst == "open"
    assert Tally(excused=1).worst == "excused"
    assert Tally(open=1).worst == "open"
    assert Tally(unowned=1).worst == "nothing"


@patient
@given(duties)
def test_tallies_agree_with_counting_one_by_one(found: list[tuple[DutyState, bool]]) -> None:
    tally = total(tally_of(state, is_owned=owned) for state, owned in found)
    owned = [state for state, is_owned in found if is_owned]
    decided = [state for state in owned if state not in {DutyState.OPEN, DutyState.EXCUSED}]
    assert tally.counted == len(decided)
    assert tally.unowned == len(found) - len(owned)
    expected = Fraction(decided.count(DutyState.ON_TIME), len(decided)) if decided else None
    assert tally.rate == expected


def test_weeks_are_mondays_oldest_first() -> None:
    assert weeks_until(dt.date(2026, 1, 7), 3) == [
        dt.date(2025, 12, 22),
        dt.date(2025, 12, 29),
        dt.date(2026, 1, 5),
    ]
