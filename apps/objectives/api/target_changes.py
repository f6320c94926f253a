"""Requests to move, add or give up a target: made, looked at, decided, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.refusing import check, errors_of, refusing
from apps.objectives.filters import TargetChangeFilter
from apps.objectives.forms.target_changes import DecisionForm, TargetChangeForm, TargetDropForm
from apps.objectives.models import ChangeKind, Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.permissions import (
    check_can_decide_targets,
    check_can_edit_key_result,
    check_can_withdraw_request,
    check_is_open,
)
from apps.objectives.presentation.refusals import refusal
from apps.objectives.selectors.target_changes import requests_of
from apps.objectives.serializers.target_changes import (
    DecisionNoteSerializer,
    NewTargetChangeSerializer,
    PreviewSerializer,
    TargetChangeSerializer,
)
from apps.objectives.services.target_changes import (
    check_waits,
    target_change_decide,
    target_change_preview,
    target_change_request,
    target_change_withdraw,
)
from apps.plans.api import PlanReadViewSet
from apps.plans.engine.errors import PlanRuleError
from apps.plans.selectors.calendars import plan_calendar

DECIDED = {
    200: TargetChangeSerializer,
    409: OpenApiResponse(TargetChangeSerializer, "It was decided otherwise before: this is how."),
}


class TargetChangeViewSet(PlanReadViewSet):
    """Requests to move, add or give up a target; those that wait for the PMO first."""

    queryset = TargetChange.objects.all()
    serializer_class = TargetChangeSerializer
    filterset_class = TargetChangeFilter
    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"

    def rows(self) -> QuerySet[Any]:
        return requests_of(self.plan).select_related("target__item")

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
            waiting = set(key_result.target_changes.values_list("pk", flat=True))
            made = self.ask(key_result, target_of(key_result, sent), sent)
        code = status.HTTP_200_OK if made.pk in waiting else status.HTTP_201_CREATED
        return self.told(made.pk, code)

    def ask(
        self, key_result: KeyResult, target: KeyResultTarget | None, sent: dict[str, Any]
    ) -> TargetChange:
        """Make the request by the page's form; what is refused is said at its field."""
        is_drop = sent["kind"] == ChangeKind.DROP
        form = TargetDropForm(sent) if is_drop else TargetChangeForm(sent, key_result=key_result)
        check(form)
        try:
            return target_change_request(
                key_result=key_result,
                target=target,
                asked=form.asked,
                by=self.person,
                reason=form.cleaned_data["reason"],
            )
        except PlanRuleError as error:
            form.place(error, refusal(error, plan_calendar(self.plan)))
            raise ValidationError(errors_of(form)) from error

    @extend_schema(responses={200: PreviewSerializer})
    @action(detail=True, filter_backends=[], pagination_class=None)
    def preview(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What approval would do today; 400 says why it would be refused."""
        with refusing(calendar=plan_calendar(self.plan)):
            asked: TargetChange = self.get_object()
            check_waits(asked)
            found = target_change_preview(request=asked, by=self.person)
        return Response(PreviewSerializer(found).data)

    @extend_schema(request=DecisionNoteSerializer, responses=DECIDED)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it in force as a new baseline. Administrators and PMO."""
        return self.decide(Decision.APPROVED, "approve")

    @extend_schema(request=DecisionNoteSerializer, responses=DECIDED)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Leave the target as it is; the note must say why. Administrators and PMO."""
        return self.decide(Decision.REJECTED, "reject")

    @extend_schema(request=DecisionNoteSerializer, responses=DECIDED)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it back; only for who asked."""
        return self.decide(Decision.WITHDRAWN, "withdraw")

    def decide(self, decision: Decision, wish: str) -> Response:
        """Carry out a decision; the same once more changes nothing."""
        with self.writing():
            found: TargetChange = self.get_object()
            if decision == Decision.WITHDRAWN:
                check_can_withdraw_request(self.person, self.roles, found)
            else:
                check_can_decide_targets(self.person, self.roles, self.plan)
            form = DecisionForm(self.sent(DecisionNoteSerializer) | {"decision": wish})
            check(form)
            if found.decision != Decision.PENDING:
                is_same = (found.decision, found.decided_by_id) == (decision, self.person.pk)
                code = status.HTTP_200_OK if is_same else status.HTTP_409_CONFLICT
                return self.told(found.pk, code)
            with refusing(calendar=plan_calendar(self.plan)):
                self.act(decision)(request=found, by=self.person, note=form.cleaned_data["note"])
        return self.told(found.pk, status.HTTP_200_OK)

    def act(self, decision: Decision) -> Callable[..., TargetChange]:
        """The service behind a decision."""
        if decision == Decision.WITHDRAWN:
            return target_change_withdraw
        is_approved = decision == Decision.APPROVED
        return lambda **signed: target_change_decide(is_approved=is_approved, **signed)

    def told(self, pk: int, code: int) -> Response:
        """A request as the API gives it."""
        return Response(TargetChangeSerializer(self.rows().get(pk=pk)).data, status=code)


def target_of(key_result: KeyResult, sent: dict[str, Any]) -> KeyResultTarget | None:
    """The target that a request names; none for a further one."""
    if sent["kind"] == ChangeKind.ADD:
        return None
    rows = key_result.targets.select_related("item", "key_result")
    return get_object_or_404(rows, item__key=sent.get("target", ""))
