"""Objectives with where they stand, to be read: a fixed number of queries for any number."""

from collections.abc import Sequence
from typing import Any

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.comments import CommentActions
from apps.objectives.filters import ObjectiveFilter
from apps.objectives.models import KeyResult, Objective
from apps.objectives.selectors.standings import Window, read_standings, roll_up
from apps.objectives.serializers import ObjectiveSerializer
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker


class ObjectiveReadViewSet(CommentActions):
    """Objectives of the plan in their order, closed and archived ones too."""

    queryset = Objective.objects.select_related(
        "owner", "team", "supports_objective", "supports_key_result", "copied_from"
    ).order_by("position", "pk")
    serializer_class = ObjectiveSerializer
    filterset_class = ObjectiveFilter

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Objectives of the plan in their order, closed and archived ones too."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.shown(page or []))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One objective."""
        return Response(self.shown([self.get_object()])[0])

    def told(self, objective: Any, code: int = status.HTTP_200_OK) -> Response:
        """An objective as it stands now."""
        return Response(self.shown([self.get_queryset().get(pk=objective.pk)])[0], status=code)

    def shown(self, objectives: Sequence[Objective]) -> Any:
        """As the API gives them."""
        calendar = plan_calendar(self.plan)
        window = Window(OutlookMaker(self.plan, calendar, self.plan.today()), calendar)
        rows = KeyResult.objects.filter(objective__in=objectives).order_by("position", "pk")
        found = roll_up(objectives, read_standings(self.plan, window, rows))
        standings = {one.objective.pk: one for one in found}
        return ObjectiveSerializer(objectives, many=True, context={"standings": standings}).data
