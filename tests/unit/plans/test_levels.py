"""Levels, their order and thresholds."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.plans.engine.levels import (
    LATE,
    WORST_FIRST,
    Level,
    last_finish_within,
    level_of,
    rank_of,
    reference_duration,
)


def test_ranks_rise() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3]
    assert [str(level) for level in Level] == ["on_plan", "yellow", "orange", "red"]
    assert LATE == ("yellow", "orange", "red")
    assert WORST_FIRST == ("red", "orange", "yellow", "on_plan")


def test_a_stored_level_has_a_rank_and_none_the_least() -> None:
    assert [rank_of(level) for level in ("", *Level)] == [-1, 0, 1, 2, 3]


def test_minimum_reference_duration_counts_only_below_it() -> None:
    assert reference_duration(3, 10) == 10
    assert reference_duration(30, 10) == 30
    assert reference_duration(0) == 1
    assert level_of(1, 3, 10) is Level.YELLOW


@given(st.integers(-50, 500), st.integers(1, 400), st.integers(1, 30))
def test_level_is_the_exact_share(delay: int, duration: int, minimum: int) -> None:
    share = Fraction(delay, max(duration, minimum))
    expected = sum(share > Fraction(limit, 100) for limit in (0, 10, 30))
    assert level_of(delay, duration, minimum).rank == expected


@given(st.integers(0, 500), st.integers(1, 400), st.sampled_from((0, 10, 30)))
def test_last_finish_within_is_the_last(finish: int, duration: int, threshold: int) -> None:
    last = last_finish_within(threshold, finish, duration)
    rank = (0, 10, 30).index(threshold)
    assert level_of(last - finish, duration).rank <= rank
    assert level_of(last + 1 - finish, duration).rank > rank
