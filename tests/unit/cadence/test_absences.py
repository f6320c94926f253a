"""Who acts for whom."""

import datetime as dt

from apps.cadence.domain.absences import Away, acting_for

MONDAY, FRIDAY = dt.date(2026, 1, 5), dt.date(2026, 1, 9)
ANN, BEN, CY = 1, 2, 3


def away(delegate: int | None) -> list[Away]:
    return [Away(MONDAY, FRIDAY, delegate)]


def test_who_is_there_acts() -> None:
    assert acting_for(ANN, MONDAY, {}) == ANN
    outside = {ANN: away(BEN)}
    assert acting_for(ANN, MONDAY - dt.timedelta(days=1), outside) == ANN
    assert acting_for(ANN, FRIDAY + dt.timedelta(days=1), outside) == ANN


def test_both_ends_of_an_absence_count() -> None:
    assert acting_for(ANN, MONDAY, {ANN: away(BEN)}) == BEN
    assert acting_for(ANN, FRIDAY, {ANN: away(BEN)}) == BEN


def test_nobody_acts_without_a_delegate() -> None:
    assert acting_for(ANN, MONDAY, {ANN: away(None)}) is None


def test_a_delegate_who_is_away_hands_on() -> None:
    assert acting_for(ANN, MONDAY, {ANN: away(BEN), BEN: away(CY)}) == CY
    assert acting_for(ANN, MONDAY, {ANN: away(BEN), BEN: away(None)}) is None


def test_a_circle_of_absent_people_comes_to_nobody() -> None:
    assert acting_for(ANN, MONDAY, {ANN: away(BEN), BEN: away(ANN)}) is None
