"""Milestones, to be read."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.milestones.filters import MilestoneFilter
from apps.milestones.serializers import MilestoneSerializer
from apps.plans.api import ItemViewSet
from apps.plans.models import ItemKind


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
