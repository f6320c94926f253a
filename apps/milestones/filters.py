"""Filters of milestones, work packages and tasks."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import Choice, ListFilter, NumberFilter
from apps.milestones.models import Milestone
from apps.milestones.selectors.tasks import SORTS, task_order
from apps.milestones.selectors.tree import in_package
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
    """As every item, by what it hangs below, directly or not: rows are those of ``with_branch``."""

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
    package = django_filters.CharFilter(
        label=_("Work package"), help_text="the work package's key", method="by_package"
    )
    phase = NumberFilter("phase_number", label=_("Phase"), help_text="number of the phase")
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS], method="sorted_by")

    def by_package(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of its branch."""
        return rows.filter(in_package("" if self.at else "task__", key=value))

    def sorted_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the WBS, by day or by level."""
        return rows.order_by(*task_order(value, self.at))


class WorkPackageFilter(ListFilter):
    """By the milestone or phase at the top of the branch, and by the package right above."""

    milestone = django_filters.CharFilter(
        "branch_milestone__item__key", help_text="the milestone's key"
    )
    phase = NumberFilter("branch_phase__number", help_text="number of the phase")
    parent = django_filters.CharFilter("parent__key", help_text="the work package's key")
