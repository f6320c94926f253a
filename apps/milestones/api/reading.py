"""Milestones, to be read."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet

from apps.milestones.serializers import MilestoneSerializer
from apps.plans.api import ItemFilter, ItemViewSet
from apps.plans.models import ItemKind


class MilestoneFilter(ItemFilter):
    """As every item, and by phase."""

    phase = django_filters.NumberFilter("milestone__phase__number")


class MilestoneReadViewSet(ItemViewSet):
    """Milestones of the plan, with their forecasts."""

    kind = ItemKind.MILESTONE
    serializer_class = MilestoneSerializer
    filterset_class = MilestoneFilter

    def rows(self) -> QuerySet[Any]:
        """With phase, measure and the count of acceptance criteria."""
        items = super().rows().select_related("milestone__phase", "milestone__measured_by")
        with_counts: QuerySet[Any] = items.annotate(
            criteria=Count("milestone__criteria"),
            criteria_met=Count(
                "milestone__criteria", filter=Q(milestone__criteria__met_on__isnull=False)
            ),
        )
        return with_counts
