"""Milestones and tasks, to be read."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.milestones.filters import MilestoneFilter, TaskFilter
from apps.milestones.serializers import MilestoneSerializer, TaskSerializer
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


class TaskViewSet(ItemViewSet):
    """Tasks of the plan in the order of the WBS, with their forecasts."""

    kind = ItemKind.TASK
    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    def rows(self) -> QuerySet[Any]:
        """With the milestone they lead to, their own or their work package's."""
        tasks = super().rows().select_related("task__work_package")
        with_milestone: QuerySet[Any] = tasks.annotate(
            milestone_key=Coalesce(
                "task__milestone__item__key", "task__work_package__milestone__item__key"
            )
        )
        return with_milestone
