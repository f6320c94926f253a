"""Dated targets, to be read."""

from typing import Any

from django.db.models import QuerySet

from apps.objectives.filters import TargetFilter
from apps.objectives.serializers import TargetSerializer
from apps.plans.api import ItemViewSet
from apps.plans.models import ItemKind


class TargetViewSet(ItemViewSet):
    """Dated targets of key results, with their forecasts."""

    kind = ItemKind.TARGET
    serializer_class = TargetSerializer
    filterset_class = TargetFilter

    def rows(self) -> QuerySet[Any]:
        """With the key result they belong to."""
        return super().rows().select_related("target__key_result")
