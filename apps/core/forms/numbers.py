"""Numbers as people type them: group marks, percent signs, units, full-width digits. Exact.

Nothing is guessed: what can be read in two ways is read as the reader's language writes it, and
what it does not allow is refused with a code that the edge puts into words.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import NamedTuple

# What the database keeps of a number: numeric(20, 6).
WHOLE_DIGITS, PLACES = 14, 6
# So much of what was typed is repeated in a refusal.
LONGEST = 60
# a unit of these alone says nothing beside a number
MARKS = re.compile(r"[\s\d.,+\-'’]*")
# blanks and apostrophes between groups of three digits
GROUPS = re.compile(r"(?<=\d)[\s\u2007\u2009\u202f\u00a0'’](?=\d{3}(?!\d))")
MINUSES = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "。": ".", "、": ",", "٫": "."})
PERCENTS = ("%", "percent", "per cent", "百分之", "百分比")
YES_WORDS, NO_WORDS = "1 yes y true done 是 已完成 完成 有", "0 no n false open 否 未完成 没有 无"
YES, NO = frozenset(YES_WORDS.split()), frozenset(NO_WORDS.split())


class NumberRefusedError(ValueError):
    """Text that is not a number this field takes. ``code`` is stable, ``params`` name what was."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


class FieldRefusedError(Exception):
    """A number that a field does not take. ``error`` says why, ``field`` which."""

    def __init__(self, field: str, error: NumberRefusedError) -> None:
        self.field, self.error = field, error
        super().__init__(f"{field}: {error.code}")


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """A number that is refused within was typed into this field. Raises FieldRefusedError."""
    try:
        yield
    except NumberRefusedError as error:
        raise FieldRefusedError(field, error) from error


class Rules(NamedTuple):
    """How a field reads: the unit that may stand beside the number, and what is allowed.

    ``mark`` is the decimal mark of the reader's language, "." or ",".
    """

    unit: str = ""
    mark: str = "."
    is_signed: bool = True
    is_whole: bool = False
    is_binary: bool = False


def read_number(text: str, rules: Rules) -> Decimal:
    """The number that ``text`` says, exactly. Raises NumberRefusedError."""
    shown = text.strip()[:LONGEST]
    plain = unicodedata.normalize("NFKC", text).translate(MINUSES).strip().lower()
    if not plain:
        raise NumberRefusedError("number.empty")
    if rules.is_binary:
        return _yes_or_no(plain, shown)
    digits = _without_unit(plain, rules.unit, shown)
    sign, digits = _sign(digits.strip())
    digits = GROUPS.sub("", digits.strip())
    if not re.fullmatch(r"[0-9.,]+", digits) or not re.search(r"[0-9]", digits):
        raise NumberRefusedError("number.not_a_number", text=shown)
    value = Decimal(_point_only(digits, rules.mark, shown))
    _check(value, rules, shown, is_negative=sign == "-")
    return -value if sign == "-" else value


def read_whole(text: str, least: int, most: int, unit: str = "") -> int:
    """A whole number between two bounds, both included. Raises NumberRefusedError."""
    value = read_number(text, Rules(unit=unit, is_signed=least < 0, is_whole=True))
    if not least <= value <= most:
        raise NumberRefusedError("number.out_of_range", least=str(least), most=str(most))
    return int(value)


def plain_unit(unit: str) -> str:
    """A unit as it is compared: half width, small letters."""
    return unicodedata.normalize("NFKC", unit).strip().lower()


def _yes_or_no(plain: str, shown: str) -> Decimal:
    if plain in YES:
        return Decimal(1)
    if plain in NO:
        return Decimal(0)
    raise NumberRefusedError("number.yes_or_no", text=shown)


def _without_unit(plain: str, unit: str, shown: str) -> str:
    """The text without the unit, which may stand before or behind the number."""
    own = plain_unit(unit)
    if not MARKS.fullmatch(own) and own in plain:
        return _beside(plain, own)
    for word in PERCENTS:
        if word in plain:
            if own in PERCENTS:
                return _beside(plain, word)
            code = "number.other_unit" if own else "number.no_unit"
            raise NumberRefusedError(code, text=shown, unit=unit)
    return plain


def _beside(plain: str, word: str) -> str:
    """The text without a word that stands before or behind the number, never within it."""
    if plain.endswith(word):
        rest = plain.removesuffix(word)
        is_within = rest[-1:].isdigit() and word[:1].isdigit()
        return plain if is_within else rest.strip()
    sign = plain[:1] if plain[:1] in "+-" else ""
    body = plain.removeprefix(sign).strip()
    rest = body.removeprefix(word)
    is_within = word[-1:].isdigit() and rest[:1].isdigit()
    return plain if is_within or rest == body else f"{sign}{rest.strip()}"


def _sign(digits: str) -> tuple[str, str]:
    return (digits[0], digits[1:]) if digits[:1] in ("-", "+") else ("", digits)


def _point_only(digits: str, mark: str, shown: str) -> str:
    """Digits with a point for the decimal mark and no group marks."""
    other = "," if mark == "." else "."
    used = [char for char in ",." if char in digits]
    if len(used) == 2:
        mark = max(used, key=digits.rindex)
        other = "," if mark == "." else "."
    whole, point, part = digits.partition(mark)
    is_grouped = bool(re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(other)}[0-9]{{3}})+", whole))
    if mark in part or other in part or (other in whole and not is_grouped):
        raise NumberRefusedError("number.marks", text=shown, mark=mark, group=other)
    return f"{whole.replace(other, '') or '0'}{point and '.'}{part}"


def _check(value: Decimal, rules: Rules, shown: str, *, is_negative: bool) -> None:
    if is_negative and value and not rules.is_signed:
        raise NumberRefusedError("number.negative", text=shown, unit=rules.unit)
    if rules.is_whole and value != value.to_integral_value():
        raise NumberRefusedError("number.whole", text=shown)
    if value >= Decimal(10) ** WHOLE_DIGITS:
        raise NumberRefusedError("number.too_large", digits=str(WHOLE_DIGITS))
    if len(f"{value:f}".partition(".")[2].rstrip("0")) > PLACES:
        raise NumberRefusedError("number.places", places=str(PLACES))
