"""Acceptance of a milestone."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.milestones.models import Milestone
from apps.milestones.services.acceptance import Marks
from apps.objectives.forms.fields import DayField, ReasonField
from apps.objectives.presentation.refusals import refusal
from apps.plans.engine.errors import PlanRuleError


class ReopenForm(forms.Form):
    """Why an acceptance is taken back."""

    reason = ReasonField(widget=forms.Textarea(attrs={"rows": 3}))

    def refuse(self, error: PlanRuleError) -> None:
        """Say what a rule has against it, at its field."""
        is_of_criteria = error.code == "milestone.criteria_open" and "criteria" in self.fields
        self.add_error("criteria" if is_of_criteria else None, refusal(error))


class AcceptanceForm(ReopenForm):
    """Which criteria are met, since when, and what speaks for it."""

    criteria = forms.MultipleChoiceField(
        label=_("Criteria that are met"), required=False, widget=forms.CheckboxSelectMultiple
    )
    on = DayField(
        label=_("As of"), help_text=_("The day from which what is newly ticked counts as met.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("criteria", "on", "reason")

    def __init__(self, *args: Any, milestone: Milestone, today: dt.date, **kwargs: Any) -> None:
        rows = list(milestone.criteria.all())
        met = [str(row.pk) for row in rows if row.met_on is not None]
        kwargs["initial"] = {"criteria": met, "on": today, "seen": " ".join(met)}
        super().__init__(*args, **kwargs)
        self.today, self.start_on = today, milestone.item.plan.start_on
        choices = [(str(row.pk), row.text) for row in rows]
        self.fields["criteria"].choices = choices  # type: ignore[attr-defined]
        if not rows:
            del self.fields["criteria"]

    def clean_on(self) -> dt.date:
        """A day of the plan that has come."""
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if on < self.start_on:
            raise forms.ValidationError(_("The plan begins later."))
        return on

    @property
    def marks(self) -> Marks:
        """What was ticked, and what was ticked already when the form was shown; of a valid form."""
        data = self.cleaned_data
        seen = [int(pk) for pk in data["seen"].split() if pk.isdecimal() and len(pk) < 19]
        return Marks([int(pk) for pk in data.get("criteria", ())], seen, data["on"])
