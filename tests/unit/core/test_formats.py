"""Dates, numbers and delays read as the reader's language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from apps.core.ui import formats

DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "style", "text"),
    [
        ("en", "date", "22 Nov 2026"),
        ("en", "short", "22 Nov"),
        ("en", "full", "Sunday, 22 November 2026"),
        ("en", "month", "Nov 2026"),
        ("zh-hans", "date", "2026年11月22日"),
        ("zh-hans", "short", "11月22日"),
        ("zh-hans", "full", "2026年11月22日 星期日"),
        ("zh-hans", "month", "2026年11月"),
    ],
)
def test_dates_follow_the_language(code: str, style: str, text: str) -> None:
    with translation.override(code):
        assert formats.format_date(DAY, style) == text


def test_no_date_is_an_empty_text() -> None:
    assert formats.format_date(None) == ""
    assert formats.format_moment(None) == ""


def test_a_moment_is_shown_in_local_time() -> None:
    moment = dt.datetime(2026, 11, 22, 20, 5, tzinfo=dt.UTC)
    with translation.override("en"), formats.timezone.override("Asia/Shanghai"):
        assert formats.format_moment(moment) == "23 Nov 2026 04:05"
        assert formats.format_date(moment) == "23 Nov 2026"


@pytest.mark.parametrize("code", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12.5, "12.5"),
        (-3, "−3"),
        (Decimal("1.500"), "1.5"),
        (Decimal(1000), "1000"),
        (98765, "98,765"),
        (1234567.8, "1,234,567.8"),
        (None, "–"),
    ],
)
def test_numbers_drop_trailing_zeros_and_group_from_ten_thousand(
    code: str, value: formats.Number | None, text: str
) -> None:
    with translation.override(code):
        assert formats.format_number(value) == text


def test_places_are_kept_when_asked_for() -> None:
    assert formats.format_number(2, 1) == "2.0"
    assert formats.format_number(Decimal("-0.04"), 1) == "0.0"


def test_percent_and_signs() -> None:
    assert formats.format_percent(Decimal("26.66667")) == "26.7%"
    assert formats.format_percent(30) == "30%"
    assert formats.format_percent(None) == "–"
    assert formats.format_signed(8) == "+8"
    assert formats.format_signed(-8) == "−8"
    assert formats.format_signed(0) == "0"
    assert formats.format_signed(None) == "–"


@pytest.mark.parametrize(
    ("days", "words", "short"),
    [
        (0, "on time", "0 d"),
        (1, "1 day late", "+1 d"),
        (8, "8 days late", "+8 d"),
        (-1, "1 day early", "−1 d"),
        (-3, "3 days early", "−3 d"),
        (None, "–", "–"),
    ],
)
def test_delays_in_words_and_short(days: int | None, words: str, short: str) -> None:
    with translation.override("en"):
        assert formats.delay_words(days) == words
        assert formats.delay_short(days) == short


@pytest.mark.parametrize(
    ("away", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (5, "in 5 days"), (-40, "40 days ago")],
)
def test_the_distance_from_today(away: int, words: str) -> None:
    with translation.override("en"):
        assert formats.relative_days(DAY + dt.timedelta(days=away), DAY) == words
        assert formats.relative_days(None, DAY) == ""
