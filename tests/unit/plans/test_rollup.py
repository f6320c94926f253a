"""Roll-ups show the latest form and the worst member."""

from apps.plans.engine.forms import Form
from apps.plans.engine.rollup import Member, worst_member


def test_worst_member_is_the_latest_by_share() -> None:
    short = Member("short", Form(12, None), 10, 10)
    long = Member("long", Form(105, None), 100, 100)
    assert worst_member([long, short], 1) == short
    assert worst_member([long, short], 1, minimum_reference=100) == long


def test_worst_member_of_none_is_none() -> None:
    assert worst_member([], 1) is None
