"""Reported values, to be read and corrected."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.refusing import check, refusing
from apps.objectives.filters import CheckInFilter
from apps.objectives.forms.corrections import CorrectionForm
from apps.objectives.models import CheckIn
from apps.objectives.permissions import check_can_edit_key_result, check_is_open
from apps.objectives.serializers import CheckInSerializer
from apps.objectives.serializers.writing import CorrectionSerializer
from apps.objectives.services.corrections import check_in_correct
from apps.objectives.services.entering import is_same
from apps.plans.api import PlanListViewSet


class CheckInViewSet(PlanListViewSet):
    """Every reported value, the newest first; corrections are rows of their own."""

    queryset = CheckIn.objects.all()
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilter
    lookup_value_regex = "[0-9]+"

    def rows(self) -> QuerySet[Any]:
        """Of the plan's key results."""
        check_ins = CheckIn.objects.filter(key_result__plan=self.plan)
        return check_ins.select_related("key_result__objective", "entered_by").order_by(
            "-for_on", "-pk"
        )

    @extend_schema(
        parameters=[OpenApiParameter("id", OpenApiTypes.INT64, OpenApiParameter.PATH)],
        request=CorrectionSerializer,
        responses={
            200: OpenApiResponse(CheckInSerializer, "You have corrected it so before."),
            201: CheckInSerializer,
            409: OpenApiResponse(CheckInSerializer, "Another row stands for that day: this one."),
        },
    )
    @action(detail=True, methods=["post"], filter_backends=[])
    def correct(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct the row that is in force: a new row beside it, for the same day."""
        with self.writing():
            check_in: CheckIn = self.get_object()
            key_result = check_in.key_result
            key_result.plan = self.plan
            check_can_edit_key_result(self.person, self.roles, key_result)
            check_is_open(key_result.objective)
            sent = self.sent(CorrectionSerializer)
            form = CorrectionForm({"confidence": check_in.confidence} | sent, key_result=key_result)
            check(form)
            standing = self.standing(check_in)
            if standing.pk != check_in.pk:
                return self.told(standing, self.repeat_code(check_in, standing, form.cleaned_data))
            with refusing():
                new = check_in_correct(check_in=check_in, by=self.person, **form.cleaned_data)
        return self.told(new, status.HTTP_201_CREATED)

    def standing(self, check_in: CheckIn) -> CheckIn:
        """The row in force for its day."""
        same_day = CheckIn.objects.filter(key_result=check_in.key_result, for_on=check_in.for_on)
        standing: CheckIn = same_day.latest_first()[0]
        return standing

    def repeat_code(self, check_in: CheckIn, standing: CheckIn, data: dict[str, Any]) -> int:
        """200 when the row that stands is this correction, sent before; else 409."""
        asked = CheckIn(
            value=data["value"],
            confidence=data["confidence"],
            note=data["reason"],
            entered_by=self.person,
        )
        is_repeat = standing.corrects_id == check_in.pk and is_same(standing, asked)
        return status.HTTP_200_OK if is_repeat else status.HTTP_409_CONFLICT

    def told(self, check_in: CheckIn, code: int) -> Response:
        """A row as the API gives it."""
        row = CheckIn.objects.select_related("key_result", "entered_by").get(pk=check_in.pk)
        return Response(CheckInSerializer(row).data, status=code)
