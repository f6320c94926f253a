"""Approve, reject or withdraw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.approvals.domain.decisions import WISHES, note_problems
from apps.plans.presentation.refusals import refusal


class DecisionForm(forms.Form):
    """A note on the decision. Who asked may take the request back."""

    note = forms.CharField(
        label=_("Note on the decision"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A rejection must say why."),
    )
    decision = forms.ChoiceField(
        choices=[(wish, wish) for wish in WISHES], widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """The decision that is wished for, by the rules of decisions."""
        data = super().clean() or {}
        if "decision" in data:
            data["decision"] = WISHES[data["decision"]]
            for problem in note_problems(data["decision"], data.get("note", "")):
                self.add_error("note", refusal(problem))
        return data
