"""Progress: shares of the way, and the mean of an objective."""

from decimal import Decimal
from fractions import Fraction

import pytest

from apps.objectives.domain.progress import Member, progress_share, shown_places, weighted_mean
from apps.plans.engine.key_results import DatedTarget, KeyResultKind

UP, DOWN = KeyResultKind.INCREASE, KeyResultKind.DECREASE


@pytest.mark.parametrize(
    ("kind", "start", "end", "value", "share"),
    [
        (UP, 42, 65, 42, Fraction(0)),
        (UP, 40, 60, 55, Fraction(3, 4)),
        (UP, 40, 60, 35, Fraction(-1, 4)),
        (UP, 40, 60, 65, Fraction(5, 4)),
        (DOWN, 18, 10, 14, Fraction(1, 2)),
        (DOWN, 18, 10, 20, Fraction(-1, 4)),
        (UP, 50, 50, 49, Fraction(0)),
        (UP, 50, 50, 50, Fraction(1)),
    ],
)
def test_a_share_of_the_way(
    kind: KeyResultKind, start: int, end: int, value: int, share: Fraction
) -> None:
    assert progress_share(kind, start, DatedTarget(10, end), value) == share


def test_without_a_value_or_a_start_there_is_no_share() -> None:
    assert progress_share(UP, 1, DatedTarget(10, 2), None) is None
    assert progress_share(UP, None, DatedTarget(10, 2), 1) is None


def test_inside_its_bounds_is_all_of_it_and_outside_nothing() -> None:
    target = DatedTarget(10, low=Decimal(95))
    kind = KeyResultKind.KEEP_AT_LEAST
    assert progress_share(kind, None, target, Decimal(95)) == 1
    assert progress_share(kind, None, target, Decimal("94.9")) == 0


def test_a_mean_counts_known_members_by_weight_from_0_to_1() -> None:
    assert weighted_mean([]) is None
    assert weighted_mean([Member(None), Member(None, 3)]) is None
    assert weighted_mean([Member(Fraction(1, 2)), Member(None)]) == Fraction(1, 2)
    assert weighted_mean([Member(Fraction(3)), Member(Fraction(-2))]) == Fraction(1, 2)
    assert weighted_mean([Member(Fraction(1), 3), Member(Fraction(0), Decimal(1))]) == Fraction(
        3, 4
    )


def test_decimals_follow_the_size_of_the_values() -> None:
    assert shown_places(Decimal("5.6"), None) == 2
    assert shown_places(42, 65) == 1
    assert shown_places(3200) == 0
    assert shown_places() == 2
