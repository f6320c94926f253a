"""Choose a day of the past."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.fields import DayField


class AsKnownForm(forms.Form):
    """The day; not in the future, for nothing of it is known."""

    on = DayField(label=_("As known on"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> dt.date:
        """Up to today."""
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return on
