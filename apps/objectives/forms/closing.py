"""Close, archive, restore, copy to the next cycle."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.forms.fields import NumberField, read_with
from apps.objectives.forms.fields import DayField, ReasonField
from apps.objectives.forms.key_results import HAS_VALUES
from apps.objectives.models import KeyResult, Objective
from apps.objectives.services.closing import CopiedKeyResult
from apps.objectives.services.objectives import ObjectiveData


class CloseForm(forms.Form):
    """A grade and what is to be remembered."""

    grade = NumberField(
        label=_("Grade"),
        help_text=_("From 0.0 to 1.0: 0.7 and up is well done, below 0.4 is missed."),
    )
    note = forms.CharField(
        label=_("Closing note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was reached, what was not, and what was learnt."),
    )

    def clean_grade(self) -> Decimal:
        """One decimal, from 0 to 1."""
        grade: Decimal = self.cleaned_data["grade"]
        if not 0 <= grade <= 1 or round(grade, 1) != grade:
            raise forms.ValidationError(_("Write a grade from 0.0 to 1.0 with one decimal."))
        return grade


class WhyForm(forms.Form):
    """Only the reason."""

    reason = ReasonField()


class CopyForm(forms.Form):
    """The name, the day, and one row for each key result: whether and with which target."""

    name = forms.CharField(label=_("Name"), max_length=200)
    due_on = DayField(label=_("Targets are due on"))
    has_people = forms.BooleanField(label=_("Owner and team come along"), required=False)
    has_support = forms.BooleanField(label=_("What it supports comes along"), required=False)
    starts_from_last = forms.BooleanField(
        label=_("The last reported values become the baselines"), required=False
    )

    def __init__(
        self,
        *args: Any,
        objective: Objective,
        key_results: Sequence[KeyResult],
        due_on: dt.date,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "name": objective.name,
            "due_on": due_on,
            "has_people": True,
            "has_support": True,
            "starts_from_last": True,
        }
        super().__init__(*args, **kwargs)
        self.objective, self.key_results = objective, key_results
        for row in key_results:
            self.fields[f"take-{row.pk}"] = forms.BooleanField(
                label=row.name, required=False, initial=True
            )
            if row.kind in HAS_VALUES:
                self.fields[f"value-{row.pk}"] = NumberField(
                    label=gettext("Target of %(name)s") % {"name": row.name},
                    required=False,
                    initial=last_target(row),
                )
                read_with(self, row.number_rules, f"value-{row.pk}")

    def rows(self) -> list[tuple[Any, Any]]:
        """(tick box, number field or None) of each key result."""
        return [
            (
                self[f"take-{row.pk}"],
                self[f"value-{row.pk}"] if f"value-{row.pk}" in self.fields else None,
            )
            for row in self.key_results
        ]

    def clean(self) -> dict[str, Any]:
        """What comes along needs its target."""
        data = super().clean() or {}
        for row in self.key_results:
            name = f"value-{row.pk}"
            is_missing = data.get(f"take-{row.pk}") and data.get(name) is None
            if name in self.fields and is_missing and name not in self.errors:
                self.add_error(name, gettext("Write the next target, or leave this one behind."))
        return data

    def data_of(self) -> ObjectiveData:
        data, old = self.cleaned_data, self.objective
        supports = old.supports_objective or old.supports_key_result
        return ObjectiveData(
            name=data["name"],
            description=old.description,
            owner=old.owner if data["has_people"] else None,
            team=old.team if data["has_people"] else None,
            supports=supports if data["has_support"] else None,
        )

    def members(self) -> list[CopiedKeyResult]:
        """The key results that come along."""
        data = self.cleaned_data
        return [
            CopiedKeyResult(row, data.get(f"value-{row.pk}"))
            for row in self.key_results
            if data[f"take-{row.pk}"]
        ]


def last_target(key_result: KeyResult) -> Decimal | None:
    """The value of the last target."""
    rows = sorted(key_result.targets.all(), key=lambda row: row.due_on)
    return rows[-1].value if rows else None
