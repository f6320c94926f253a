"""Tasks and work packages: read in the order of the tree, and moved within it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.milestones.filters import TaskFilter, WorkPackageFilter
from apps.milestones.models import WorkPackage
from apps.milestones.permissions import check_can_move_package, check_can_move_task
from apps.milestones.presentation.places import refused_place
from apps.milestones.selectors.tree import milestone_of, phase_of
from apps.milestones.serializers import PlaceSerializer, TaskSerializer, WorkPackageSerializer
from apps.milestones.services.tree import Place, package_move, task_move
from apps.plans.api import ItemViewSet, PlanReadViewSet
from apps.plans.api.base import PlanScopedViewSet
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import ItemKind


class MovingViewSet(PlanScopedViewSet):
    """What can be moved within the tree."""

    def carry_out(self, move: Callable[..., Any], **moved: Any) -> None:
        """Do what was sent; what the rules have against it is said at its field."""
        sent = self.sent(PlaceSerializer)
        place = Place(inside=sent.get("in", ""), phase=sent.get("phase"), after=sent.get("after"))
        try:
            move(**moved, place=place, by=self.person, reason=sent["reason"])
        except PlanRuleError as error:
            field, sentence = refused_place(error, place)
            raise ValidationError({field: [sentence]}) from error


class TaskViewSet(MovingViewSet, ItemViewSet):
    """Tasks of the plan in the order of the WBS, with their forecasts."""

    kind = ItemKind.TASK
    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    def rows(self) -> QuerySet[Any]:
        """With the milestone and phase at the top of their branch."""
        tasks = super().rows().select_related("task__package")
        with_branch: QuerySet[Any] = tasks.annotate(
            milestone_key=milestone_of("task__", "item__key"),
            phase_number=phase_of("task__", "number"),
        )
        return with_branch

    @extend_schema(request=PlaceSerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hang it somewhere else; once more changes nothing. Administrators, PMO, its lead."""
        with self.writing():
            item = self.get_object()
            check_can_move_task(self.person, self.roles, item)
            item.task.item.plan = self.plan
            self.carry_out(task_move, task=item.task)
        return self.retrieve(request, *args, **kwargs)


class WorkPackageViewSet(MovingViewSet, PlanReadViewSet):
    """Work packages of the plan in the order of the WBS."""

    queryset = WorkPackage.objects.select_related(
        "parent", "branch_milestone__item", "branch_phase"
    ).order_by("outline", "pk")
    serializer_class = WorkPackageSerializer
    filterset_class = WorkPackageFilter

    @extend_schema(request=PlaceSerializer, responses=WorkPackageSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hang it and all below it somewhere else; once more changes nothing. Administrators, PMO,
        the lead of its milestone's team.
        """
        with self.writing():
            package = self.get_object()
            check_can_move_package(self.person, self.roles, package)
            self.carry_out(package_move, package=package)
        return self.retrieve(request, *args, **kwargs)
