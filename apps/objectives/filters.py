"""Filters of objectives, key results, targets, check-ins and requests."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.approvals.models import DECISIONS
from apps.core.forms.filters import ListFilter, SearchFilter, WordsFilter, YesNoFilter
from apps.core.ui.badges import BADGES
from apps.objectives.models import KeyResultTarget
from apps.objectives.models.key_result import KINDS
from apps.objectives.presentation.target_changes import CHANGE_KINDS
from apps.people.models import User
from apps.plans.engine.levels import WORST_FIRST
from apps.plans.filters import ItemFilter, OwnerFilter, owner_choices, team_choices, team_filter
from apps.plans.models import ItemState

LEVELS = [(key, BADGES[key].word) for key in (*WORST_FIRST, "silent", "no_baseline")]


def key_result_filter(path: str = "key_result__key") -> Any:
    """A key result by its key."""
    return django_filters.CharFilter(path, help_text="the key result's key")


class ObjectiveFilter(ListFilter):
    """By owner and team, closed or not, archived or not."""

    owner = OwnerFilter()
    team = team_filter()
    is_closed = YesNoFilter("closed_on", "isnull", exclude=True)
    is_archived = YesNoFilter("archived_at", "isnull", exclude=True)


class KeyResultFilter(ListFilter):
    """By objective, kind, owner, team, and the level or state that it shows."""

    shown = ("q", "objective", "team", "owner", "level")
    offers = {
        "objective": lambda plan: plan.objectives.filter(archived_at=None).values_list(
            "key", "name"
        ),
        "team": team_choices,
        "owner": lambda plan: owner_choices(User.objects.filter(key_results__plan=plan)),
    }
    q = SearchFilter("name__icontains", "key__icontains", help_text="part of the name or key")
    objective = django_filters.CharFilter(
        "objective__key", label=_("Objective"), help_text="the objective's key"
    )
    kind = WordsFilter(choices=KINDS)
    owner = OwnerFilter()
    team = team_filter()
    level = WordsFilter(label=_("Level"), choices=LEVELS, method="by_level")

    def by_level(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """Those whose next unmet target shows it."""
        targets = KeyResultTarget.objects.filter(
            key_result=OuterRef("pk"), item__is_projection=False
        ).exclude(item__state__in=(ItemState.FINISHED, ItemState.CANCELLED))
        return rows.filter(Exists(targets.filter(reduce(or_, map(self.showing, value)))))

    def showing(self, word: str) -> Q:
        """Targets of a level or state."""
        if word == "silent":
            return Q(item__silent_on__lte=self.request.plan.today())
        return Q(item__level="" if word == "no_baseline" else word)


class TargetFilter(ItemFilter):
    """As every item, and by key result."""

    key_result = key_result_filter("target__key_result__key")


class CheckInFilter(ListFilter):
    """By key result and day."""

    key_result = key_result_filter()
    for_from = django_filters.DateFilter("for_on", "gte")
    for_to = django_filters.DateFilter("for_on", "lte")


class TargetChangeFilter(ListFilter):
    """By key result, kind and decision."""

    key_result = key_result_filter("subject__key_result__key")
    kind = WordsFilter("payload__kind", choices=CHANGE_KINDS)
    decision = WordsFilter(choices=DECISIONS)
