"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.forms.numbers import NumberRefusedError, Rules, read_number, read_whole

PERCENT, DAYS, MONEY = Rules(unit="%"), Rules(unit="days", is_signed=False), Rules(unit="10k CNY")


@pytest.mark.parametrize(
    ("text", "rules", "value"),
    [
        ("54", PERCENT, "54"),
        (" 54.25 ", PERCENT, "54.25"),
        ("1,234.5", Rules(), "1234.5"),
        ("1.234,5", Rules(), "1234.5"),
        ("1.234.567,8", Rules(), "1234567.8"),
        ("1,234", Rules(), "1234"),
        ("1,234", Rules(mark=","), "1.234"),
        ("1.234", Rules(), "1.234"),
        ("1.234", Rules(mark=","), "1234"),
        ("1 234,5", Rules(mark=","), "1234.5"),
        ("1\u202f234.5", Rules(), "1234.5"),
        ("12'345", Rules(), "12345"),
        ("５４．５", PERCENT, "54.5"),
        ("１，２３４．５", Rules(), "1234.5"),
        ("54。5", PERCENT, "54.5"),
        ("54%", PERCENT, "54"),
        ("54 ％", PERCENT, "54"),
        ("百分之54", PERCENT, "54"),
        ("12 days", DAYS, "12"),
        ("12天", Rules(unit="天"), "12"),
        ("6.97 10k CNY", MONEY, "6.97"),
        ("-3.5", PERCENT, "-3.5"),
        ("−3.5", PERCENT, "-3.5"),
        ("－3.5", PERCENT, "-3.5"),
        ("+3", PERCENT, "3"),
        (".5", PERCENT, "0.5"),
        ("5.", PERCENT, "5"),
        ("-0", DAYS, "0"),
        ("99999999999999.999999", Rules(), "99999999999999.999999"),
        ("1.5000000000", Rules(), "1.5"),
        ("yes", Rules(is_binary=True), "1"),
        ("是", Rules(is_binary=True), "1"),
        ("０", Rules(is_binary=True), "0"),
    ],
)
def test_what_people_type_is_read_exactly(text: str, rules: Rules, value: str) -> None:
    assert read_number(text, rules) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "rules", "code"),
    [
        ("", PERCENT, "number.empty"),
        ("abc", PERCENT, "number.not_a_number"),
        ("12a", PERCENT, "number.not_a_number"),
        ("1e400", PERCENT, "number.not_a_number"),
        ("1e5", PERCENT, "number.not_a_number"),
        ("NaN", PERCENT, "number.not_a_number"),
        ("inf", PERCENT, "number.not_a_number"),
        ("--3", PERCENT, "number.not_a_number"),
        ("3-4", PERCENT, "number.not_a_number"),
        (".", PERCENT, "number.not_a_number"),
        ("٣", PERCENT, "number.not_a_number"),
        ("0x10", PERCENT, "number.not_a_number"),
        ("12,5", Rules(), "number.marks"),
        ("12.5", Rules(mark=","), "number.marks"),
        ("1,23.4", Rules(), "number.marks"),
        ("1.2.3", Rules(), "number.marks"),
        ("1,234,5.6", Rules(), "number.marks"),
        ("1234,567.8", Rules(), "number.marks"),
        ("-1", DAYS, "number.negative"),
        ("54%", DAYS, "number.other_unit"),
        ("54%", Rules(), "number.no_unit"),
        ("1" * 15, PERCENT, "number.too_large"),
        ("0.1234567", PERCENT, "number.places"),
        ("1." + "0" * 30 + "1", PERCENT, "number.places"),
        ("2", Rules(is_binary=True), "number.yes_or_no"),
        ("maybe", Rules(is_binary=True), "number.yes_or_no"),
    ],
)
def test_what_is_no_number_is_refused_by_name(text: str, rules: Rules, code: str) -> None:
    with pytest.raises(NumberRefusedError) as refused:
        read_number(text, rules)
    assert refused.value.code == code


def test_whole_numbers_keep_to_their_bounds() -> None:
    assert read_whole("７", 0, 10) == 7
    for text, code in (
        ("11", "number.out_of_range"),
        ("-1", "number.negative"),
        ("1.5", "number.whole"),
        ("", "number.empty"),
    ):
        with pytest.raises(NumberRefusedError) as refused:
            read_whole(text, 0, 10)
        assert refused.value.code == code


@given(
    st.decimals(min_value=-(10**14) + 1, max_value=10**14 - 1, places=6, allow_nan=False),
    st.sampled_from([".", ","]),
)
def test_a_number_written_with_marks_is_the_same_number(value: Decimal, mark: str) -> None:
    text = f"{value:,.6f}"
    if mark == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert read_number(text, Rules(mark=mark)) == value


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = read_number(text, PERCENT)
    except NumberRefusedError as refused:
        value, code = Decimal(0), refused.code
    else:
        code = "number."
    assert value.is_finite()
    assert code.startswith("number.")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1h30", "h"), ("12 m 5", "m"), ("5%5", "%"), ("3 14", ""), ("5'30", ""), ("1 2345", "")],
)
def test_a_unit_or_a_blank_within_a_number_is_not_passed_over(text: str, unit: str) -> None:
    with pytest.raises(NumberRefusedError) as refused:
        read_number(text, Rules(unit=unit))
    assert refused.value.code == "number.not_a_number"


def test_a_unit_that_is_only_a_mark_is_no_part_of_the_number() -> None:
    assert read_number("-5", Rules(unit="-")) == -5


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("¥1,200", "¥", "1200"),
        ("-$1,200", "$", "-1200"),
        ("5 €", "€", "5"),
        ("-CNY 3", "CNY", "-3"),
        ("21000", "1000", "21000"),
        ("10", "1", "10"),
        ("3 10k CNY", "10k CNY", "3"),
        ("25m2", "m2", "25"),
    ],
)
def test_a_unit_stands_beside_the_number_and_takes_no_digit_of_it(
    text: str, unit: str, value: str
) -> None:
    assert read_number(text, Rules(unit=unit)) == Decimal(value)
