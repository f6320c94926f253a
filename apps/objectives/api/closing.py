"""The end of an objective: closed, archived and restored, copied to the next cycle."""

from collections.abc import Callable
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.refusing import check, errors_of, refusing, taken_code
from apps.objectives.api.standing import ObjectiveReadViewSet
from apps.objectives.forms.closing import CloseForm, CopyForm
from apps.objectives.models import KeyResult, Objective
from apps.objectives.permissions import check_can_edit_objective, check_is_open
from apps.objectives.serializers import ObjectiveSerializer
from apps.objectives.serializers.writing import ClosingSerializer, CopySerializer, ReasonSerializer
from apps.objectives.services.closing import (
    objective_archive,
    objective_close,
    objective_copy,
    objective_restore,
)
from apps.objectives.services.keys import KeyTakenError
from apps.plans.selectors.calendars import plan_calendar

TICKS = {"has_people": True, "has_support": True, "starts_from_last": True}


class ClosingActions(ObjectiveReadViewSet):
    """What ends an objective, or takes it on."""

    @extend_schema(request=ClosingSerializer, responses={200: ObjectiveSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close with a grade and a note; unmet targets are cancelled. Twice changes nothing."""
        with self.writing():
            objective = self.editable()
            form = CloseForm(self.sent(ClosingSerializer))
            check(form)
            grade, note = form.cleaned_data["grade"], form.cleaned_data["note"]
            is_repeat = (objective.grade, objective.closing_note) == (grade, note)
            if not is_repeat or objective.archived_at is not None:
                check_is_open(objective)
                with refusing():
                    objective_close(objective=objective, by=self.person, grade=grade, note=note)
        return self.told(objective)

    @extend_schema(request=ReasonSerializer, responses={200: ObjectiveSerializer})
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Out of lists, alerts and check-ins; everything is kept. Twice changes nothing."""
        return self.act(objective_archive)

    @extend_schema(request=ReasonSerializer, responses={200: ObjectiveSerializer})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Back from the archive; its targets count again from today. Twice changes nothing."""
        return self.act(objective_restore)

    def act(self, verb: Callable[..., None]) -> Response:
        """Do it, with the reason that was sent."""
        with self.writing():
            objective = self.editable()
            reason = self.sent(ReasonSerializer)["reason"]
            verb(objective=objective, by=self.person, reason=reason)
        return self.told(objective)

    @extend_schema(
        request=CopySerializer,
        responses={
            200: OpenApiResponse(ObjectiveSerializer, "The same was copied before."),
            201: ObjectiveSerializer,
            409: OpenApiResponse(ObjectiveSerializer, "Another one has this key: this one."),
        },
    )
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Copy to the next cycle: the chosen key results, each with one target on the day."""
        with self.writing():
            objective = self.editable()
            sent = self.sent(CopySerializer)
            form = copy_form(objective, sent)
            data = form.cleaned_data
            try:
                with refusing("key_results", plan_calendar(self.plan)):
                    copy = objective_copy(
                        objective=objective,
                        by=self.person,
                        data=form.data_of(),
                        due_on=data["due_on"],
                        members=form.members(),
                        starts_from_last=data["starts_from_last"],
                        key=sent.get("key", ""),
                    )
            except KeyTakenError as taken:
                return self.told(taken.standing, taken_code(taken))
        return self.told(copy, status.HTTP_201_CREATED)

    def editable(self) -> Objective:
        """The objective, closed or archived or not, if the person may change it."""
        objective: Objective = self.get_object()
        objective.plan = self.plan
        check_can_edit_objective(self.person, self.roles, objective)
        return objective


def copy_form(objective: Objective, sent: dict[str, Any]) -> CopyForm:
    """The page's form with what was sent, found in order."""
    rows = list(objective.key_results.select_related("owner", "team"))
    prefetch_related_objects(rows, "targets")
    chosen = chosen_values(rows, sent["key_results"])
    data = TICKS | {"name": objective.name} | sent
    for row in rows:
        data[f"take-{row.pk}"] = row.key in chosen
        data[f"value-{row.pk}"] = chosen.get(row.key)
    form = CopyForm(data, objective=objective, key_results=rows, due_on=sent["due_on"])
    if not form.is_valid():
        errors = errors_of(form)
        keys = {f"value-{row.pk}": row.key for row in rows}
        at_rows = [f"{keys[name]}: {told[0]}" for name, told in errors.items() if name in keys]
        kept = {name: told for name, told in errors.items() if name not in keys}
        raise ValidationError(kept | ({"key_results": at_rows} if at_rows else {}))
    return form


def chosen_values(rows: list[KeyResult], sent: list[dict[str, Any]]) -> dict[str, Any]:
    """The next target of each key result that comes along, by key."""
    known = {row.key for row in rows}
    chosen = {row["key"]: row.get("value") for row in sent}
    if not chosen.keys() <= known or len(chosen) < len(sent):
        sentence = _("Name key results of this objective, each once.")
        raise ValidationError({"key_results": [sentence]})
    return chosen
