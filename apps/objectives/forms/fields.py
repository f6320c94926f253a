"""Fields that people type into: values in their unit, days, members of the plan, reasons."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.objectives.domain.days import day_problems
from apps.objectives.presentation.refusals import refusal
from apps.people.models import User
from apps.plans.models import Plan


class DayField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> dt.date | None:
        """The day; one that no plan can have is refused."""
        day = super().to_python(value)
        for problem in [] if day is None else day_problems(day):
            raise ValidationError(refusal(problem), code=problem.code)
        return day


def members(plan: Plan) -> QuerySet[User]:
    """People with a role in the plan, by name."""
    people = User.objects.filter(memberships__plan=plan, is_active=True)
    return people.distinct().order_by("display_name", "username")


class ReasonField(forms.CharField):
    """Why something changes: kept with the change."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("help_text", _("Kept with the change."))
        super().__init__(max_length=500, **kwargs)
