"""Ask for another target, a further one, or to give one up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms.fields import NumberField, read_with
from apps.objectives.domain.target_changes import field_of
from apps.objectives.forms.fields import DayField, ReasonField
from apps.objectives.forms.key_results import HAS_VALUES
from apps.objectives.models import KeyResult
from apps.objectives.selectors.drafts import PlannedTarget
from apps.plans.engine.errors import PlanRuleError


class TargetDropForm(forms.Form):
    """Why a target is to be given up."""

    reason = ReasonField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The PMO decides by it; it stays with the target."),
    )

    @property
    def asked(self) -> PlannedTarget | None:
        """The target that is asked for, of a valid form; None where one is given up."""
        return None

    def place(self, error: PlanRuleError, sentence: str) -> None:
        """Put a refusal at the field that it is about, else above the form."""
        name = field_of(error)
        self.add_error(name if name in self.fields else None, sentence)


class TargetChangeForm(TargetDropForm):
    """The value and the day that are asked for, and why."""

    value = NumberField(label=_("New target"))
    due_on = DayField(label=_("New date"))
    field_order = ("value", "due_on", "reason")

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_with(self, key_result.number_rules, "value")
        if key_result.kind not in HAS_VALUES:
            del self.fields["value"]

    @property
    def asked(self) -> PlannedTarget:
        """The target that is asked for, of a valid form."""
        return PlannedTarget(self.cleaned_data["due_on"], self.cleaned_data.get("value"))
