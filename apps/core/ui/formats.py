"""Dates and numbers in the reader's language, cached because tables repeat them.

Dates are whole days, durations whole days, percentages already times 100. Formats are Django's
date format letters; `full` is for titles and headings, `date` for text, `short` for rows.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import dateformat, numberformat, timezone
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, ngettext

DATE_FORMATS: dict[str, dict[str, str]] = {
    "en": {"full": "l, j F Y", "date": "j M Y", "short": "j M", "month": "M Y", "time": "H:i"},
    "zh-hans": {
        "full": "Y年n月j日 l",
        "date": "Y年n月j日",
        "short": "n月j日",
        "month": "Y年n月",
        "time": "H:i",
    },
}
MINUS = "\N{MINUS SIGN}"
Number = int | float | Decimal


def language() -> str:
    """The active language; English when none is active."""
    return get_language() or "en"


def format_date(value: date | None, style: str = "date") -> str:
    """`value` as text in the active language; "" for None. Moments are taken in local time."""
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return _date_text(day, style, language())


@lru_cache(maxsize=8192)
def _date_text(day: date, style: str, code: str) -> str:
    formats = DATE_FORMATS.get(code, DATE_FORMATS["en"])
    return dateformat.format(day, formats[style])


def format_moment(value: datetime | None) -> str:
    """Date and time of a moment in the active time zone; "" for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{format_date(local.date())} {dateformat.format(local, 'H:i')}"


def format_number(value: Number | None, places: int | None = None, *, code: str = "") -> str:
    """A number with its group marks and a real minus sign; trailing zeros go unless `places`."""
    if value is None:
        return "–"
    return _number_text(value, places, code or language())


@lru_cache(maxsize=8192)
def _number_text(raw: Number, places: int | None, _code: str) -> str:
    value = Decimal(str(raw))
    if places is None:
        value = value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
    text = numberformat.format(
        abs(value),
        get_format("DECIMAL_SEPARATOR"),
        decimal_pos=places,
        grouping=3,
        thousand_sep=(get_format("THOUSAND_SEPARATOR") or ",") if abs(value) >= 10_000 else "",
        force_grouping=True,
    )
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def format_signed(value: Number | None, places: int | None = None) -> str:
    """Like `format_number`, with a plus in front of what is above zero."""
    text = format_number(value, places)
    return f"+{text}" if value is not None and value > 0 else text


def format_percent(value: Number | None, places: int = 1, *, code: str = "") -> str:
    """A percentage (30 means 30 %) with at most `places` decimals."""
    if value is None:
        return "–"
    return _percent_text(value, places, code or language())


@lru_cache(maxsize=8192)
def _percent_text(value: Number, places: int, code: str) -> str:
    return f"{format_number(round(Decimal(str(value)), places), code=code)}%"


def delay_words(days: int | None) -> str:
    """A delay in calendar days, in words: late, early or on time."""
    if days is None:
        return "–"
    if days == 0:
        return gettext("on time")
    if days > 0:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    return ngettext("%(count)s day early", "%(count)s days early", -days) % {"count": -days}


def delay_short(days: int | None, *, code: str = "") -> str:
    """A delay for a narrow column: "+8 d", "−3 d", "0 d"."""
    if days is None:
        return "–"
    return _delay_text(days, code or language())


@lru_cache(maxsize=4096)
def _delay_text(days: int, _code: str) -> str:
    return gettext("%(count)s d") % {"count": format_signed(days)}


def relative_days(value: date | None, today: date) -> str:
    """How far a day lies from `today`, in words."""
    if value is None:
        return ""
    away = (value - today).days
    if away == 0:
        return gettext("today")
    if away == 1:
        return gettext("tomorrow")
    if away == -1:
        return gettext("yesterday")
    if away > 0:
        return ngettext("in %(count)s day", "in %(count)s days", away) % {"count": away}
    return ngettext("%(count)s day ago", "%(count)s days ago", -away) % {"count": -away}
