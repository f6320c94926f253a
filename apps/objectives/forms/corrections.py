"""Correct a reported value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms.fields import NumberField, read_with
from apps.objectives.forms.fields import ReasonField
from apps.objectives.models import KeyResult


class CorrectionForm(forms.Form):
    """The right value, and what was wrong."""

    value = NumberField(label=_("Right value"))
    confidence = forms.IntegerField(
        label=_("Confidence, 0 to 10"), required=False, min_value=0, max_value=10
    )
    reason = ReasonField(help_text=_("What was wrong; it stands beside the new value."))

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_with(self, key_result.number_rules, "value")
