"""What a unit says about values."""

from decimal import Decimal

from apps.objectives.domain.units import may_be_negative


def test_counts_and_times_are_never_below_zero_money_and_percent_may_be() -> None:
    assert not may_be_negative("Days")
    assert not may_be_negative("个月")
    assert may_be_negative("%")
    assert may_be_negative("")
    assert may_be_negative("days", [None, Decimal(-1)])
