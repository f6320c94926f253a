"""Share of accepted milestones: percent, what is still needed, and the plan's steps."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.domain.shares import Counted, Steps, accepted_share, needed, share

counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, "0"), (1, 3, "33.33"), (2, 3, "66.67"), (8, 8, "100.00")]
)
def test_a_share_has_two_decimals(part: int, whole: int, percent: str) -> None:
    assert share(part, whole) == Decimal(percent)


def test_what_is_accepted_on_a_later_day_does_not_count_yet() -> None:
    rows = [Counted(10, 12), Counted(20, 15), Counted(30)]
    assert [accepted_share(rows, day) for day in (11, 12, 14, 15)] == [
        Decimal(0),
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("66.67"),
    ]


@given(st.integers(1, 60), st.decimals(0, 100, places=2))
def test_needed_is_the_fewest_that_reach_the_target(whole: int, asked: Decimal) -> None:
    count = needed(whole, asked)
    assert share(count, whole) >= asked
    assert count == 0 or share(count - 1, whole) < asked


def test_two_of_three_reach_two_thirds_as_they_are_written() -> None:
    assert [needed(3, Decimal(text)) for text in ("66.67", "66.68", "100", "0")] == [2, 3, 3, 0]


def test_the_line_steps_up_on_each_due_day() -> None:
    steps = Steps.of([Counted(20), Counted(10), Counted(20), Counted(40)], 0)
    assert [steps.value(day) for day in (9, 10, 19, 20, 39, 40)] == [0, 25, 25, 75, 75, 100]
    assert steps.points == [(0, 0), (10, 0), (10, 25), (20, 25), (20, 75), (40, 75), (40, 100)]


def test_nothing_counted_asks_for_nothing() -> None:
    assert Steps.of([], 5).value(99) == Fraction(0)
    assert Steps.of([], 5).points == [(5, 0)]


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20), st.integers(0, 120))
def test_milestones_accepted_on_their_day_are_on_the_line(dues: list[int], day: int) -> None:
    rows = [Counted(due, due) for due in dues]
    on_line = Steps.of(rows, 0).value(day)
    assert abs(Fraction(accepted_share(rows, day)) - on_line) <= Fraction(1, 200)
