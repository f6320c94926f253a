"""Filters of the alert list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import FilterForm, choice_field

STANDING = ("open", "closed", "all")


class AlertFilter(FilterForm):
    """By level, kind of item, team and owner; open or closed travels along."""

    level = choice_field(_("Level"))
    kind = choice_field(_("Kind"))
    team = choice_field(_("Team"))
    owner = choice_field(_("Owner"))
    state = forms.ChoiceField(
        choices=[(name, name) for name in STANDING], required=False, widget=forms.HiddenInput
    )
