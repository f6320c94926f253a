"""Filters of the milestone list and the task list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.filters import FilterForm, choice_field

SORTS = ("wbs", "due", "level")


class MilestoneFilter(FilterForm):
    """By phase, level, owner and state."""

    phase = choice_field(_("Phase"))
    level = choice_field(_("Level"))
    owner = choice_field(_("Owner"))
    state = choice_field(_("State"))


class TaskFilter(FilterForm):
    """By milestone, phase, team, owner, level and state; the order travels along."""

    milestone = choice_field(_("Milestone"))
    phase = choice_field(_("Phase"))
    team = choice_field(_("Team"))
    owner = choice_field(_("Owner"))
    level = choice_field(_("Level"))
    state = choice_field(_("State"))
    sort = forms.ChoiceField(
        choices=[(name, name) for name in SORTS], required=False, widget=forms.HiddenInput
    )
