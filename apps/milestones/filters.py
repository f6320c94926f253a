"""Filters of milestones and tasks."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import Choice, NumberFilter
from apps.milestones.models import Milestone
from apps.milestones.selectors.tasks import SORTS, task_order
from apps.people.models import User
from apps.plans.filters import ItemFilter, owner_choices, phase_choices, team_choices
from apps.plans.models import ItemKind, Plan


def item_owners(plan: Plan, kind: ItemKind) -> list[Choice]:
    """People who own items of this kind (one query)."""
    return owner_choices(User.objects.filter(items__plan=plan, items__kind=kind))


def milestone_choices(plan: Plan) -> list[Choice]:
    """Milestones by due day (one query)."""
    rows = Milestone.objects.filter(item__plan=plan).order_by("item__finish_on", "pk")
    return list(rows.values_list("item__key", "item__name"))


class MilestoneFilter(ItemFilter):
    """As every item, and by phase."""

    shown = ("q", "phase", "level", "owner", "state")
    offers = {
        "phase": phase_choices,
        "owner": lambda plan: item_owners(plan, ItemKind.MILESTONE),
    }
    phase = NumberFilter(label=_("Phase"), help_text="number of the phase", method="by_phase")

    def by_phase(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Those that close this phase."""
        path = "phase__number" if self.at else "milestone__phase__number"
        return rows.filter(**{path: value})


class TaskFilter(ItemFilter):
    """As every item, by milestone, and by the phase of its finish; rows have ``milestone_key``."""

    shown = ("q", "milestone", "phase", "team", "owner", "level", "state")
    offers = {
        "milestone": milestone_choices,
        "phase": phase_choices,
        "team": team_choices,
        "owner": lambda plan: item_owners(plan, ItemKind.TASK),
    }
    milestone = django_filters.CharFilter(
        "milestone_key", label=_("Milestone"), help_text="the milestone's key"
    )
    phase = NumberFilter(label=_("Phase"), help_text="number of the phase", method="by_phase")
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS], method="sorted_by")

    def sorted_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the WBS, by day or by level."""
        return rows.order_by(*task_order(value, self.at))

    def by_phase(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Those that are to finish within it."""
        dates = self.request.plan.phases.filter(number=value)
        finish = f"{self.at}finish_on"
        return rows.filter(
            **{f"{finish}__gte": dates.values("start_on")},
            **{f"{finish}__lte": dates.values("finish_on")},
        )
