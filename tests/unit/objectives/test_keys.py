"""Keys of what people create."""

import datetime as dt

from apps.core.keys import free_key
from apps.objectives.domain.keys import target_key

START = dt.date(2026, 1, 1)


def test_a_free_key_stays() -> None:
    assert free_key("grow-sales", set()) == "grow-sales"


def test_a_taken_key_gets_the_first_free_number() -> None:
    assert free_key("grow", {"grow", "grow-2"}) == "grow-3"


def test_a_long_key_leaves_room_for_a_number() -> None:
    assert len(free_key("x" * 200, {"x" * 55})) <= 60


def test_nothing_is_an_item() -> None:
    assert free_key("--", set()) == "item"


def test_a_target_at_the_end_of_a_plan_month_is_named_by_it() -> None:
    assert target_key("sales", dt.date(2026, 12, 31), START) == "sales-m12"
    assert target_key("sales", dt.date(2027, 6, 30), START) == "sales-m18"


def test_any_other_day_is_written_out() -> None:
    assert target_key("sales", dt.date(2026, 6, 15), START) == "sales-20260615"
