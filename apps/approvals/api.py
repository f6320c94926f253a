"""Requests of one kind: looked at, decided, withdrawn. The app of the kind adds how one is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.settings import api_settings

from apps.approvals.domain.decisions import Decision
from apps.approvals.kinds import request_kinds
from apps.approvals.models import ChangeRequest
from apps.approvals.permissions import check_can_withdraw_request
from apps.approvals.presentation.refusals import refusal
from apps.approvals.selectors.requests import requests_of
from apps.approvals.serializers import DecisionNoteSerializer
from apps.approvals.services.requests import request_decide, request_preview, request_withdraw
from apps.plans.api import PlanReadViewSet
from apps.plans.engine.errors import PlanRuleError
from apps.plans.selectors.calendars import plan_calendar


class RequestViewSet(PlanReadViewSet):
    """``kind`` names the requests; those that wait come first."""

    kind: str
    queryset = ChangeRequest.objects.all()
    preview_serializer: type[BaseSerializer[Any]]
    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"

    def rows(self) -> QuerySet[Any]:
        return requests_of(self.plan, self.kind)

    def field_of(self, error: PlanRuleError) -> str:
        """The field that a refusal speaks of; the kind adds its own."""
        is_about_note = error.code == "request.note_missing"
        return "note" if is_about_note else api_settings.NON_FIELD_ERRORS_KEY

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """A refusal of the rules becomes its sentence at its field."""
        try:
            yield
        except PlanRuleError as error:
            told = refusal(self.kind, error, plan_calendar(self.plan))
            raise ValidationError({self.field_of(error): [told]}) from error

    @action(detail=True, filter_backends=[], pagination_class=None)
    def preview(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What approval would do today; 400 says why it would be refused."""
        with self.refusing():
            found = request_preview(request=self.get_object(), by=self.person)
        return Response(self.preview_serializer(found).data)

    @action(detail=True, methods=["post"])
    def approve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it in force as a new baseline. Administrators and PMO."""
        return self.decide(Decision.APPROVED)

    @action(detail=True, methods=["post"])
    def reject(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Leave everything as it is; the note must say why. Administrators and PMO."""
        return self.decide(Decision.REJECTED)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it back; only for who asked."""
        return self.decide(Decision.WITHDRAWN)

    def decide(self, decision: Decision) -> Response:
        """Carry out a decision; the same once more changes nothing."""
        with self.writing():
            found: ChangeRequest = self.get_object()
            if decision == Decision.WITHDRAWN:
                check_can_withdraw_request(self.person, self.roles, found)
            else:
                request_kinds()[self.kind].check_can_decide(self.person, self.roles, self.plan)
            note = self.sent(DecisionNoteSerializer).get("note", "")
            signed = {"request": found, "by": self.person, "note": note}
            if not found.is_pending:
                is_same = (found.decision, found.decided_by_id) == (decision, self.person.pk)
                return self.told(
                    found.pk, status.HTTP_200_OK if is_same else status.HTTP_409_CONFLICT
                )
            with self.refusing():
                if decision == Decision.WITHDRAWN:
                    request_withdraw(**signed)
                else:
                    request_decide(is_approved=decision == Decision.APPROVED, **signed)
        return self.told(found.pk, status.HTTP_200_OK)

    def told(self, pk: int, code: int) -> Response:
        """A request as the API gives it."""
        return Response(self.get_serializer(self.rows().get(pk=pk)).data, status=code)
