"""What people set for themselves."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.people.models import Absence, User
from apps.people.selectors import colleagues


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, language and time zone."""

    class Meta:
        model = User
        fields = ("display_name", "language", "time_zone")
        widgets = {"time_zone": forms.TextInput(attrs={"list": "time-zones"})}
        help_texts = {"time_zone": _("Due hours, reminders and all times shown follow it.")}

    @property
    def time_zones(self) -> list[str]:
        """Names to choose from."""
        return sorted(name for name in available_timezones() if "/" in name)


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Days away, and who acts in that time."""

    class Meta:
        model = Absence
        fields = ("start_on", "finish_on", "delegate")
        widgets = {
            "start_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "finish_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.user = user
        delegate = self.fields["delegate"]
        assert isinstance(delegate, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        delegate.queryset = colleagues(user)
        delegate.empty_label = str(_("Nobody: reminders wait until I am back"))

    def clean(self) -> dict[str, Any]:
        """The days are in order and free of other absences."""
        data = super().clean() or {}
        start_on, finish_on = data.get("start_on"), data.get("finish_on")
        if not start_on or not finish_on:
            return data
        if finish_on < start_on:
            self.add_error("finish_on", _("The last day is before the first."))
        elif self.instance.user.absences.filter(
            start_on__lte=finish_on, finish_on__gte=start_on
        ).exists():
            self.add_error("start_on", _("You are away on some of these days already."))
        return data
