"""Dated targets, to be read."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from apps.objectives.serializers import TargetSerializer
from apps.plans.api import ItemFilter, ItemViewSet
from apps.plans.models import ItemKind


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
