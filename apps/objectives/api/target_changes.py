"""Requests to move, add or give up a target: how one is made, and what it says."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.approvals.api import RequestViewSet
from apps.approvals.serializers import DecisionNoteSerializer
from apps.core.forms.fields import number_words
from apps.core.forms.numbers import NumberRefusedError, read_number
from apps.objectives.domain.target_changes import TARGET_CHANGE, ChangeKind, field_of
from apps.objectives.filters import TargetChangeFilter
from apps.objectives.models import KeyResult, KeyResultKind, KeyResultTarget
from apps.objectives.permissions import check_can_edit_key_result, check_is_open
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.selectors.target_changes import with_target_key
from apps.objectives.serializers.target_changes import (
    NewTargetChangeSerializer,
    PreviewSerializer,
    TargetChangeSerializer,
)
from apps.objectives.services.target_changes import target_change_request
from apps.plans.engine.errors import PlanRuleError

DECIDED = extend_schema(
    request=DecisionNoteSerializer,
    responses={
        200: TargetChangeSerializer,
        409: OpenApiResponse(TargetChangeSerializer, "It was decided otherwise before: so."),
    },
)


@extend_schema_view(
    preview=extend_schema(responses=PreviewSerializer),
    approve=DECIDED,
    reject=DECIDED,
    withdraw=DECIDED,
)
class TargetChangeViewSet(RequestViewSet):
    """Requests to move, add or give up a target; those that wait for the PMO first."""

    kind = TARGET_CHANGE
    serializer_class = TargetChangeSerializer
    preview_serializer = PreviewSerializer
    filterset_class = TargetChangeFilter

    def rows(self) -> QuerySet[Any]:
        return with_target_key(super().rows())

    def field_of(self, error: PlanRuleError) -> str:
        return field_of(error) or super().field_of(error)

    @extend_schema(
        request=NewTargetChangeSerializer,
        responses={
            200: OpenApiResponse(TargetChangeSerializer, "You have asked for the same before."),
            201: TargetChangeSerializer,
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask the PMO. The same from the same person, while it waits, is one request."""
        with self.writing():
            sent = self.sent(NewTargetChangeSerializer)
            rows = KeyResult.objects.select_related("objective", "plan")
            key_result = get_object_or_404(rows, plan=self.plan, key=sent["key_result"])
            check_can_edit_key_result(self.person, self.roles, key_result)
            check_is_open(key_result.objective)
            last = self.plan.requests.order_by("pk").last()
            with self.refusing():
                made = target_change_request(
                    key_result=key_result,
                    target=target_of(key_result, sent),
                    asked=asked_of(key_result, sent),
                    by=self.person,
                    reason=sent["reason"],
                )
        is_new = last is None or made.pk > last.pk
        return self.told(made.pk, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def target_of(key_result: KeyResult, sent: dict[str, Any]) -> KeyResultTarget | None:
    """The target that a request names; none for a further one."""
    if sent["kind"] == ChangeKind.ADD:
        return None
    rows = key_result.targets.select_related("item", "key_result")
    return get_object_or_404(rows, item__key=sent.get("target", ""))


def asked_of(key_result: KeyResult, sent: dict[str, Any]) -> PlannedTarget | None:
    """What is asked for; nothing where a target is given up, a day alone where values have no
    place. Raises ValidationError for a number that cannot be one of the key result.
    """
    if sent["kind"] == ChangeKind.DROP:
        return None
    value = sent.get("value") if KeyResultKind(key_result.kind).has_values else None
    try:
        read = None if value is None else read_number(f"{value:f}", key_result.number_rules)
    except NumberRefusedError as error:
        raise ValidationError({"value": [number_words(error)]}) from error
    return PlannedTarget(sent["due_on"], read)
