"""Objectives, key results, targets and check-ins, to be read."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from apps.objectives.models import CheckIn, KeyResult, KeyResultKind, Objective
from apps.objectives.serializers import (
    CheckInSerializer,
    KeyResultSerializer,
    ObjectiveSerializer,
    TargetSerializer,
)
from apps.plans.api import ItemFilter, ItemViewSet, PlanFilter, PlanListViewSet, PlanReadViewSet
from apps.plans.models import ItemKind


class ObjectiveFilter(PlanFilter):
    """By owner and team."""

    owner = django_filters.CharFilter("owner__username")
    team = django_filters.CharFilter("team__key")

    class Meta:
        model = Objective
        fields: list[str] = []


class ObjectiveViewSet(PlanReadViewSet):
    """Objectives of the plan in their order."""

    queryset = Objective.objects.select_related("owner", "team").order_by("position", "pk")
    serializer_class = ObjectiveSerializer
    filterset_class = ObjectiveFilter


class KeyResultFilter(PlanFilter):
    """By objective, kind, owner and team."""

    objective = django_filters.CharFilter("objective__key")
    kind = django_filters.MultipleChoiceFilter(choices=KeyResultKind.choices)
    owner = django_filters.CharFilter("owner__username")
    team = django_filters.CharFilter("team__key")

    class Meta:
        model = KeyResult
        fields: list[str] = []


class KeyResultViewSet(PlanReadViewSet):
    """Key results of the plan in their order."""

    queryset = KeyResult.objects.select_related("objective", "owner", "team").order_by(
        "position", "pk"
    )
    serializer_class = KeyResultSerializer
    filterset_class = KeyResultFilter


class TargetFilter(ItemFilter):
    """As every item, and by key result."""

    key_result = django_filters.CharFilter("target__key_result__key")


class TargetViewSet(ItemViewSet):
    """Dated targets of key results, with their forecasts."""

    kind = ItemKind.TARGET
    serializer_class = TargetSerializer
    filterset_class = TargetFilter

    def rows(self) -> QuerySet[Any]:
        """With the key result they belong to."""
        return super().rows().select_related("target__key_result")


class CheckInFilter(PlanFilter):
    """By key result and day."""

    key_result = django_filters.CharFilter("key_result__key")
    for_from = django_filters.DateFilter("for_on", "gte")
    for_to = django_filters.DateFilter("for_on", "lte")

    class Meta:
        model = CheckIn
        fields: list[str] = []


class CheckInViewSet(PlanListViewSet):
    """Every reported value, the newest first; corrections are rows of their own."""

    queryset = CheckIn.objects.all()
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilter

    def rows(self) -> QuerySet[Any]:
        """Of the plan's key results."""
        check_ins = CheckIn.objects.filter(key_result__plan=self.plan)
        return check_ins.select_related("key_result", "entered_by").order_by("-for_on", "-pk")
