"""The form of an objective."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.forms.merging import SeenForm
from apps.objectives.forms.fields import ReasonField, members
from apps.objectives.models import KeyResult, Objective
from apps.objectives.services.objectives import ObjectiveData
from apps.people.models import User
from apps.plans.models import Membership, Plan, Team
from apps.plans.permissions import is_steward, led_teams

NONE = "-"


class ObjectiveForm(SeenForm):
    """Name, what it means, team, owner, and what it supports."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False)
    supports = forms.ChoiceField(
        label=_("Supports"),
        required=False,
        help_text=_("An objective or key result, mostly of another team, that this one serves."),
    )
    reason = ReasonField()

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        roles: Sequence[Membership],
        objective: Objective | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.objective = plan, objective
        self.must_have_team = objective is None and not is_steward(roles)
        team, owner, supports = (self.fields[name] for name in ("team", "owner", "supports"))
        teams = plan.teams.filter(pk__in=led_teams(roles)) if self.must_have_team else plan.teams
        team.queryset = teams.all()  # type: ignore[attr-defined]
        team.required = self.must_have_team
        owner.queryset = members(plan)  # type: ignore[attr-defined]
        supports.choices = support_choices(plan, objective)  # type: ignore[attr-defined]
        if objective is None:
            del self.fields["reason"]
        else:
            self.meet_others()

    def data_of(self) -> ObjectiveData:
        """What was decided, of a valid form."""
        data = self.cleaned_data
        return ObjectiveData(
            name=data["name"],
            description=data["description"],
            team=data["team"],
            owner=data["owner"],
            supports=supported(self.plan, data["supports"]),
        )

    @property
    def why(self) -> str:
        """The reason that signs the change."""
        return self.cleaned_data.get("reason") or "objective created"


def initial_of(objective: Objective) -> dict[str, object]:
    """What the form shows of an objective."""
    supports = NONE
    if objective.supports_objective_id is not None:
        supports = f"o{objective.supports_objective_id}"
    elif objective.supports_key_result_id is not None:
        supports = f"k{objective.supports_key_result_id}"
    return {
        "name": objective.name,
        "description": objective.description,
        "team": objective.team_id,
        "owner": objective.owner_id,
        "supports": supports,
    }


def support_choices(plan: Plan, objective: Objective | None) -> list[Any]:
    """Every other objective of the plan that is not archived, with its key results."""
    others = plan.objectives.filter(archived_at=None)
    if objective is not None:
        others = others.exclude(pk=objective.pk)
    groups: list[Any] = [(NONE, gettext("Nothing: it stands for itself"))]
    for other in others.prefetch_related("key_results"):
        options = [(f"o{other.pk}", gettext("Objective: %(name)s") % {"name": other.name})]
        options += [
            (f"k{row.pk}", gettext("Key result: %(name)s") % {"name": row.name})
            for row in other.key_results.all()
        ]
        groups.append((other.name, options))
    return groups


def supported(plan: Plan, choice: str) -> Objective | KeyResult | None:
    """The row behind a choice of ``support_choices``."""
    if choice.startswith("o"):
        return plan.objectives.get(pk=choice[1:])
    if choice.startswith("k"):
        return plan.key_results.select_related("objective").get(pk=choice[1:])
    return None
