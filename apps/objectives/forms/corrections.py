"""Correct a reported value."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.fields import NumberField, ReasonField


class CorrectionForm(forms.Form):
    """The right value, and what was wrong."""

    value = NumberField(label=_("Right value"))
    confidence = forms.IntegerField(
        label=_("Confidence, 0 to 10"), required=False, min_value=0, max_value=10
    )
    reason = ReasonField(help_text=_("What was wrong; it stands beside the new value."))
