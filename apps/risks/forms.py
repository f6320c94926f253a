"""Filters of the risk list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import FilterForm, choice_field
from apps.risks.domain import SCALE

RATINGS = [("", ""), *((str(number), str(number)) for number in SCALE)]


class RiskFilter(FilterForm):
    """By category, band, owner, strategy and state; a cell of the matrix travels along."""

    category = choice_field(_("Category"))
    band = choice_field(_("Rating"))
    owner = choice_field(_("Owner"))
    strategy = choice_field(_("Response"))
    state = choice_field(_("State"))
    probability = forms.ChoiceField(choices=RATINGS, required=False, widget=forms.HiddenInput)
    impact = forms.ChoiceField(choices=RATINGS, required=False, widget=forms.HiddenInput)
