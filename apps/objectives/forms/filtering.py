"""The filter over the objective list."""

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import FilterForm, choice_field
from apps.core.ui.badges import level_word
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.plans.engine.levels import WORST_FIRST
from apps.plans.models import ItemState, Plan

LEVELS = (*WORST_FIRST, "silent", "no_baseline")


class KeyResultFilter(FilterForm):
    """Search, team, owner, level or state, objective."""

    objective: forms.ChoiceField = choice_field(_("Objective"))
    team: forms.ChoiceField = choice_field(_("Team"))
    owner: forms.ChoiceField = choice_field(_("Owner"))
    level: forms.ChoiceField = choice_field(_("Level"))


def key_result_filter(data: QueryDict, plan: Plan) -> KeyResultFilter:
    """The form with the choices of a plan."""
    teams = plan.teams.values_list("key", "name")
    owners = plan.key_results.exclude(owner=None).order_by("owner__display_name")
    names = owners.values_list("owner__username", "owner__display_name").distinct()
    return KeyResultFilter(
        data,
        {
            "objective": list(plan.objectives.filter(archived_at=None).values_list("key", "name")),
            "team": list(teams),
            "owner": [("none", _("No owner")), *names],
            "level": [(level, level_word(level)) for level in LEVELS],
        },
    )


def filtered(plan: Plan, chosen: dict[str, str], today: object) -> QuerySet[KeyResult]:
    """The plan's key results that pass the filter."""
    rows = plan.key_results.filter(objective__archived_at=None)
    if text := chosen.get("q"):
        rows = rows.filter(Q(name__icontains=text) | Q(key__icontains=text))
    if key := chosen.get("objective"):
        rows = rows.filter(objective__key=key)
    if key := chosen.get("team"):
        rows = rows.filter(team__key=key)
    if name := chosen.get("owner"):
        rows = rows.filter(owner=None) if name == "none" else rows.filter(owner__username=name)
    if level := chosen.get("level"):
        rows = rows.filter(leads_with(level, today))
    return rows


def leads_with(level: str, today: object) -> Exists:
    """The next unmet target shows this level or state."""
    targets = KeyResultTarget.objects.filter(
        key_result=OuterRef("pk"), item__is_projection=False
    ).exclude(item__state__in=(ItemState.FINISHED, ItemState.CANCELLED))
    if level == "silent":
        return Exists(targets.filter(item__silent_on__lte=today))
    if level == "no_baseline":
        return Exists(targets.filter(item__level=""))
    return Exists(targets.filter(item__level=level))
