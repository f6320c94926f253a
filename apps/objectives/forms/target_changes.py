"""Ask for another target; approve or reject."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.fields import NumberField, read_with
from apps.objectives.forms.fields import DayField, ReasonField, rules_of
from apps.objectives.forms.key_results import PATHS
from apps.objectives.models import KeyResultTarget
from apps.plans.domain.errors import PlanRuleError

AT_DAY = frozenset({"trajectory.days_not_rising", "target.day_taken"})


class TargetChangeForm(forms.Form):
    """The value and the day that are asked for, and why."""

    value = NumberField(label=_("New target"))
    due_on = DayField(label=_("New date"))
    reason = ReasonField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The PMO decides by it; it stays with the target."),
    )

    def __init__(self, *args: Any, target: KeyResultTarget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_with(self, rules_of(target.key_result), "value")
        if target.key_result.kind not in PATHS:
            del self.fields["value"]

    def place(self, error: PlanRuleError, sentence: str) -> None:
        """Put a refusal at the field that it is about."""
        name = "due_on" if error.code in AT_DAY else "value"
        is_general = error.code.startswith("target.") and error.code not in AT_DAY
        self.add_error(None if is_general or name not in self.fields else name, sentence)


class DecisionForm(forms.Form):
    """A note on the decision; a rejection must say why."""

    note = forms.CharField(
        label=_("Note on the decision"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A rejection must say why."),
    )
    decision = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("reject", _("Reject"))], widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """No silent rejection."""
        data = super().clean() or {}
        if data.get("decision") == "reject" and not data.get("note"):
            self.add_error("note", gettext("Say why the request is rejected."))
        return data

    @property
    def is_approved(self) -> bool:
        """Which button was pressed."""
        return bool(self.cleaned_data["decision"] == "approve")
