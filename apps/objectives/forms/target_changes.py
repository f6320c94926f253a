"""Ask for another target; approve or reject."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.forms.fields import NumberField, read_with
from apps.objectives.forms.fields import DayField, ReasonField
from apps.objectives.forms.key_results import HAS_VALUES
from apps.objectives.models import KeyResult
from apps.objectives.selectors.drafts import PlannedTarget
from apps.plans.engine.errors import PlanRuleError

AT_DAY = frozenset({"trajectory.days_not_rising", "target.day_taken", "target.day_given_up"})


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
        self.add_error(None, sentence)


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

    def place(self, error: PlanRuleError, sentence: str) -> None:
        """A rule of the trajectory speaks of the value or the day."""
        name = "due_on" if error.code in AT_DAY else "value"
        is_general = not error.code.startswith("trajectory.") and error.code not in AT_DAY
        self.add_error(None if is_general or name not in self.fields else name, sentence)


class DecisionForm(forms.Form):
    """A note on the decision; a rejection must say why. Who asked may take the request back."""

    note = forms.CharField(
        label=_("Note on the decision"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A rejection must say why."),
    )
    decision = forms.ChoiceField(
        choices=[
            ("approve", _("Approve")),
            ("reject", _("Reject")),
            ("withdraw", _("Withdraw the request")),
        ],
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        """No silent rejection."""
        data = super().clean() or {}
        if data.get("decision") == "reject" and not data.get("note"):
            self.add_error("note", gettext("Say why the request is rejected."))
        return data
