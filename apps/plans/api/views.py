"""Plans, phases, links, level changes, and the arithmetic behind a level."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.parameters import KnownParameters
from apps.plans.api.base import KEY, PlanListViewSet, PlanScopedViewSet, plan_scoped
from apps.plans.filters import LevelChangeFilter, LinkFilter
from apps.plans.models import Item, LevelChange, Link, Phase, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.drivers import driver_chain
from apps.plans.selectors.explanations import explain_item
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.serializers import (
    ItemExplanationSerializer,
    LevelChangeSerializer,
    LinkSerializer,
    PhaseSerializer,
    PlanSerializer,
)


class PlanViewSet(KnownParameters, viewsets.ReadOnlyModelViewSet[Plan]):
    """Plans in which you have a role."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    lookup_field = "key"
    lookup_url_kwarg = "plan"
    lookup_value_regex = KEY

    def get_queryset(self) -> QuerySet[Plan]:
        """By name."""
        return Plan.objects.visible_to(self.request.user).order_by("name", "pk")


class PhaseViewSet(PlanListViewSet):
    """Phases of the plan by number."""

    queryset = Phase.objects.order_by("number")
    serializer_class = PhaseSerializer


class LinkViewSet(PlanListViewSet):
    """Dependencies between items of the plan."""

    queryset = Link.objects.order_by("pk")
    serializer_class = LinkSerializer
    filterset_class = LinkFilter


class LevelChangeViewSet(PlanListViewSet):
    """Every level that changed, the newest first, with the arithmetic of its day."""

    queryset = LevelChange.objects.all()
    serializer_class = LevelChangeSerializer
    filterset_class = LevelChangeFilter

    def rows(self) -> QuerySet[Any]:
        """Of the plan's items."""
        return LevelChange.objects.filter(item__plan=self.plan).order_by("-changed_on", "-pk")


@plan_scoped
class ItemExplanationViewSet(PlanScopedViewSet):
    """The arithmetic behind the level of a task, milestone or target."""

    queryset = Item.objects.all()
    serializer_class = ItemExplanationSerializer
    lookup_value_regex = r"[0-9]+"

    @extend_schema(parameters=[OpenApiParameter("id", OpenApiTypes.INT64, OpenApiParameter.PATH)])
    @action(detail=True, filter_backends=[], pagination_class=None)
    def explanation(self, request: Request, plan: str, pk: str) -> Response:
        """As of the plan's today."""
        item = get_object_or_404(self.get_queryset(), pk=pk)
        calendar, today = plan_calendar(self.plan), self.plan.today()
        chain = driver_chain(item, self.plan, OutlookMaker(self.plan, calendar, today))
        steps = [step.step() for step in chain]
        told = explain_item(item, self.plan, calendar, today, steps)
        serializer = self.get_serializer({"item": item.pk, "explanation": told})
        return Response(serializer.data)
