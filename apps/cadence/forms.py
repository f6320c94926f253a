"""What is typed into one row of "My week"."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms

from apps.cadence.presentation.week import Typed
from apps.core.forms.fields import number_typed
from apps.core.forms.numbers import FieldRefusedError, NumberRefusedError, read_whole
from apps.milestones.services.reporting import TypedDaysLeft
from apps.objectives.models import KeyResult
from apps.objectives.presentation.numbers import rules_of
from apps.objectives.services.entering import TypedValue

SAME = "="
MOST_DAYS, MOST_CONFIDENCE = 3660, 10
DAY_WORDS = "天"
T = TypeVar("T")


class RowForm(forms.Form):
    """One row; its fields begin with the row's key. Numbers stay text: their rules are the item's.

    ``=`` as the value says "no change, still valid", as the note "the same reason as last time".
    """

    value = forms.CharField(required=False)
    confidence = forms.CharField(required=False)
    note = forms.CharField(required=False, max_length=2000)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: Mapping[str, Any], key: str, *, is_unchanged: bool = False) -> None:
        super().__init__(data, prefix=key)
        self.is_valid()
        self.is_unchanged = is_unchanged or is_same_sign(self.text("value"))

    def text(self, name: str) -> str:
        """What was typed, whether it is right or not."""
        return str(self.data.get(self.add_prefix(name), "")).strip()

    @property
    def typed(self) -> Typed:
        """What stands in the fields, to be shown again."""
        return Typed(
            value=self.text("value"),
            confidence=self.text("confidence"),
            note=self.text("note"),
            is_unchanged=self.is_unchanged,
            seen=self.cleaned_data.get("seen"),
        )

    @property
    def is_filled(self) -> bool:
        """Whether there is something to save."""
        return bool(self.text("value")) or self.is_unchanged

    def typed_value(self, key_result: KeyResult, for_on: dt.date) -> TypedValue:
        """A key result's value. Raises FieldRefusedError."""
        rules = rules_of(key_result)
        return TypedValue(
            for_on=for_on,
            value=None
            if self.is_unchanged
            else refusing("value", lambda: number_typed(self.text("value"), rules)),
            confidence=self.sureness(),
            **self.said(),
        )

    def typed_days_left(self, for_on: dt.date) -> TypedDaysLeft:
        """A task's days left. Raises FieldRefusedError."""
        text = self.text("value")
        return TypedDaysLeft(
            for_on=for_on,
            days_left=None
            if self.is_unchanged
            else refusing("value", lambda: read_whole(text, 0, MOST_DAYS, DAY_WORDS)),
            **self.said(),
        )

    def sureness(self) -> int | None:
        """0 to 10; None when nothing was typed. Raises FieldRefusedError."""
        text = self.text("confidence")
        if not text:
            return None
        return refusing("confidence", lambda: read_whole(text, 0, MOST_CONFIDENCE))

    def said(self) -> dict[str, Any]:
        """Note and what was seen, as the services take them."""
        note = self.text("note")[:2000]
        is_same = is_same_sign(note)
        return {
            "note": "" if is_same else note,
            "is_same_note": is_same,
            "seen": self.cleaned_data.get("seen"),
        }


def is_same_sign(text: str) -> bool:
    """Whether the text is an equals sign, full width included."""
    return unicodedata.normalize("NFKC", text).strip() == SAME


def refusing(field: str, read: Callable[[], T]) -> T:
    """What ``read`` gives; its refusal names the field."""
    try:
        return read()
    except NumberRefusedError as error:
        raise FieldRefusedError(field, error) from error
