"""Numbers at the edge: read in the reader's language, refused in a sentence at the field."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.forms.numbers import NumberRefusedError, Rules, read_number

SENTENCES: dict[str, Promise] = {
    "number.empty": _("Type a number."),
    "number.not_a_number": _("“%(text)s” is not a number. Use digits only."),
    "number.marks": _(
        "“%(text)s” can be read in more than one way. Here “%(mark)s” is the decimal mark and "
        "“%(group)s” stands between groups of three digits."
    ),
    "number.negative": _("“%(text)s” is below zero; that cannot be counted in %(unit)s."),
    "number.whole": _("“%(text)s” is not a whole number."),
    "number.too_large": _("This number has more than %(digits)s digits."),
    "number.places": _("Only %(places)s decimal places are kept."),
    "number.out_of_range": _("Type a whole number from %(least)s to %(most)s."),
    "number.other_unit": _("“%(text)s” is in percent; this is counted in %(unit)s."),
    "number.no_unit": _("“%(text)s” is in percent; this number has no unit."),
    "number.yes_or_no": _("Type yes or no (1 or 0), not “%(text)s”."),
}


def number_words(error: NumberRefusedError) -> str:
    """Why a number was refused, in the reader's language."""
    return str(SENTENCES[error.code]) % error.params


def decimal_mark() -> str:
    """What the reader's language writes before the decimals."""
    return str(get_format("DECIMAL_SEPARATOR"))


def number_typed(text: str, rules: Rules) -> Decimal:
    """The number that the reader typed. Raises NumberRefusedError."""
    return read_number(text, rules._replace(mark=decimal_mark()))


def read_with(form: forms.Form, rules: Rules, *names: str) -> None:
    """Let number fields of a form read by these rules."""
    for name in names:
        field = form.fields[name]
        assert isinstance(field, NumberField)  # noqa: S101 - for the type checker
        field.rules = rules


class NumberField(forms.Field):
    """A number as people write it; ``read_with`` tells it of a unit and what is allowed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rules = Rules()

    def to_python(self, value: Any) -> Decimal | None:
        """The number; None when nothing was typed."""
        if value is None:
            return None
        is_exact = isinstance(value, Decimal)
        text = f"{value.normalize():f}" if is_exact else str(value)
        if not text.strip():
            return None
        try:
            return read_number(text, self.rules) if is_exact else number_typed(text, self.rules)
        except NumberRefusedError as error:
            raise ValidationError(number_words(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """A number as the reader writes it; what was typed stays as it is."""
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}".replace(".", decimal_mark())
