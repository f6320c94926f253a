"""Fields that people type into: numbers as they write them, days, members of the plan."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from apps.people.models import User
from apps.plans.models import Plan

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class NumberField(forms.DecimalField):
    """A number with up to six decimals, written `1,234.5` or, where the comma is the decimal mark,
    `1.234,5`. Full-width digits, spaces and a percent sign are taken; anything else is refused.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write a number, such as 60 or 12.5."),
        "max_digits": _("The number is too large."),
        "max_decimal_places": _("At most six decimals are kept."),
        "max_whole_digits": _("The number is too large."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=6, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; None when nothing was typed."""
        if isinstance(value, Decimal):
            return value
        if value in self.empty_values:
            return None
        text = plain_number(str(value), str(get_format("DECIMAL_SEPARATOR")))
        if not NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text)


def plain_number(text: str, mark: str = ".") -> str:
    """The text with a point as decimal mark and no separators; unchanged where that is not clear.

    ``mark`` is the decimal mark of the reader's language.
    """
    found = unicodedata.normalize("NFKC", text).replace("−", "-").strip().rstrip("%")
    found = re.sub(r"\s", "", found)
    if mark == "," or ("," in found and "." in found and found.rfind(",") > found.rfind(".")):
        found = found.replace(".", "\0").replace(",", ".").replace("\0", ",")
    return found.replace(",", "") if GROUPED.fullmatch(found) else found


class DayField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> dt.date | None:
        """The day; one that no plan can have is refused."""
        day = super().to_python(value)
        if day is not None and not 1970 <= day.year <= 2200:
            raise ValidationError(_("Write a day between 1970 and 2200."), code="range")
        return day


def members(plan: Plan) -> QuerySet[User]:
    """People with a role in the plan, by name."""
    people = User.objects.filter(memberships__plan=plan, is_active=True)
    return people.distinct().order_by("display_name", "username")


class ReasonField(forms.CharField):
    """Why something changes: kept with the change."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("help_text", _("Kept with the change."))
        super().__init__(max_length=500, **kwargs)
