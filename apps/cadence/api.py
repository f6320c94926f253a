"""Check-ins from other programs: the same rules, permissions and history as My week.

And to be read: what is owed by whoever asks, and how reliably updates come.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters.utils import translate_validation
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cadence.filters import DisciplineFilter
from apps.cadence.models import Duty
from apps.cadence.presentation.refusals import REFUSALS, refusal
from apps.cadence.selectors.discipline import KINDS, read_discipline
from apps.cadence.selectors.owed import KEY_RESULT
from apps.cadence.selectors.week import read_scope, read_week
from apps.cadence.serializers import (
    DisciplineSerializer,
    NewCheckInSerializer,
    OwedSerializer,
    discipline_row,
    owed_row,
)
from apps.cadence.services.entering import Reporter, enter
from apps.objectives.api import CheckInViewSet
from apps.objectives.models import KeyResult
from apps.objectives.selectors.standings import Window
from apps.objectives.serializers import CheckInSerializer
from apps.plans.api import PlanListViewSet
from apps.plans.permissions import led_teams
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.services.entries import EntryConflictError

REASON = "reported through the API"


class CheckInReportViewSet(CheckInViewSet):
    """Every reported value, the newest first; corrections are rows of their own."""

    @extend_schema(
        request=NewCheckInSerializer,
        responses={
            200: OpenApiResponse(CheckInSerializer, "The same was reported before."),
            201: CheckInSerializer,
            409: OpenApiResponse(CheckInSerializer, "Another value stands for that day: this one."),
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Report a value. Idempotent by key result and day; never overwrites another value."""
        sent = NewCheckInSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        key_result = get_object_or_404(KeyResult, plan=self.plan, key=data["key_result"])
        reporter, key = Reporter(self.plan, self.person, self.roles), (KEY_RESULT, key_result.pk)
        try:
            done = enter(reporter, key, sent.typed, data["for_on"], REASON).done
        except EntryConflictError as conflict:
            return self.told(conflict.standing, status.HTTP_409_CONFLICT)
        except REFUSALS as error:
            field, sentence = refusal(error)
            raise ValidationError({field: [sentence]}) from error
        code = status.HTTP_200_OK if done.is_repeat else status.HTTP_201_CREATED
        return self.told(done.new, code)


class DisciplineViewSet(PlanListViewSet):
    """How reliably updates come, over the last twelve weeks: the plan, its teams, its people."""

    queryset = Duty.objects.all()
    serializer_class = DisciplineSerializer
    filterset_class = DisciplineFilter

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The plan first, then its teams, then its people, the least reliable first."""
        asked = DisciplineFilter(request.query_params, self.get_queryset(), request=request)
        if not asked.is_valid():
            raise translate_validation(asked.errors)
        kinds = asked.chosen.get("kind", KINDS)
        found = read_discipline(self.plan, self.plan.today())
        page = self.paginate_queryset([one for one in found.lines if one.kind in kinds])
        rows = [discipline_row(line, found.weeks) for line in page or ()]
        return self.get_paginated_response(DisciplineSerializer(rows, many=True).data)


class WeekViewSet(PlanListViewSet):
    """What you are asked to update: your own, those of people you act for, your teams'."""

    queryset = Duty.objects.all()
    serializer_class = OwedSerializer
    filter_backends = []

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is owed longest first; what was reported for this period already comes last."""
        today, calendar = self.plan.today(), plan_calendar(self.plan)
        scope = read_scope(self.person, led_teams(self.roles), today)
        window = Window(OutlookMaker(self.plan, calendar, today), calendar)
        page = self.paginate_queryset(read_week(self.plan, scope, window))
        rows = [owed_row(facts) for facts in page or ()]
        return self.get_paginated_response(OwedSerializer(rows, many=True).data)
