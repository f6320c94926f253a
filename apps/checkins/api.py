"""Check-ins from other programs: the same rules, permissions and history as My week."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.checkins.presentation.refusals import REFUSALS, refusal
from apps.checkins.serializers import NewCheckInSerializer
from apps.checkins.services.week import Reporter, key_result_save
from apps.objectives.api import CheckInViewSet
from apps.objectives.models import KeyResult
from apps.objectives.serializers import CheckInSerializer
from apps.objectives.services.entering import CheckInConflictError, Weighed

REASON = "reported through the API"


class CheckInReportViewSet(CheckInViewSet):
    """Every reported value, the newest first; corrections are rows of their own."""

    @extend_schema(
        request=NewCheckInSerializer,
        responses={
            200: OpenApiResponse(CheckInSerializer, "The same was reported before."),
            201: CheckInSerializer,
            400: OpenApiResponse(description="Sentences by field."),
            409: OpenApiResponse(CheckInSerializer, "Another value stands for that day: this one."),
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Report a value. Idempotent by key result and day; never overwrites another value."""
        sent = NewCheckInSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            done = self.save(request, sent)
        except CheckInConflictError as conflict:
            return self.told(conflict.standing, status.HTTP_409_CONFLICT)
        except PermissionDenied:
            raise
        except REFUSALS as error:
            field, sentence = refusal(error)
            raise ValidationError({field: [sentence]}) from error
        code = status.HTTP_200_OK if done.is_repeat else status.HTTP_201_CREATED
        return self.told(done.new, code)

    def save(self, request: Request, sent: NewCheckInSerializer) -> Weighed:
        """Enter it through the service of My week, signed by the sender."""
        data = sent.validated_data
        key_result = get_object_or_404(KeyResult, plan=self.plan, key=data["key_result"])
        reporter = Reporter(self.plan, self.person, self.roles)
        return key_result_save(reporter, key_result.pk, data["for_on"], sent.typed, REASON)
