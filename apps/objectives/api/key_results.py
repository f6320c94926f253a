"""Key results: read, added below an objective, changed."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.comments import CommentActions
from apps.objectives.api.refusing import by_name, check, errors_of, names_of, refusing, taken_code
from apps.objectives.filters import KeyResultFilter
from apps.objectives.forms.key_results import (
    KeyResultForm,
    TargetFormSet,
    initial_of,
    line_of,
    place_problems,
    planned_targets,
    standing_targets,
)
from apps.objectives.models import KeyResult, Objective
from apps.objectives.permissions import (
    can_move_line,
    check_can_edit_key_result,
    check_can_edit_objective,
    check_can_move_line,
    check_is_open,
)
from apps.objectives.selectors.readings import with_counting
from apps.objectives.serializers import KeyResultSerializer
from apps.objectives.serializers.writing import KeyResultChangeSerializer, NewKeyResultSerializer
from apps.objectives.services.key_results import key_result_create, key_result_edit
from apps.objectives.services.keys import KeyTakenError
from apps.plans.api import PlanReadViewSet


def with_names(rows: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """With all that a key result names. One query more, however many rows."""
    return with_counting(rows.select_related("objective", "owner", "team"))


class KeyResultViewSet(CommentActions):
    """Key results of the plan in their order."""

    queryset = with_names(KeyResult.objects.order_by("position", "pk"))
    serializer_class = KeyResultSerializer
    filterset_class = KeyResultFilter

    @extend_schema(request=KeyResultChangeSerializer, responses={200: KeyResultSerializer})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a key result. Bounds, weight and a known baseline: administrators and PMO only."""
        with self.writing():
            key_result: KeyResult = self.get_object()
            key_result.plan = self.plan
            check_can_edit_key_result(self.person, self.roles, key_result)
            check_is_open(key_result.objective)
            form = self.change_form(key_result, self.sent(KeyResultChangeSerializer))
            with refusing():
                key_result_edit(
                    key_result=key_result, by=self.person, reason=form.why, data=form.data_of()
                )
        return Response(KeyResultSerializer(self.get_object()).data)

    def change_form(self, key_result: KeyResult, sent: dict[str, Any]) -> KeyResultForm:
        """The page's form with what was sent, found in order."""
        if "milestones" in sent:
            sent = sent | {"milestones": sorted(set(sent["milestones"]))}
        if any(sent.get(name, old) != old for name, old in agreed(key_result).items()):
            check_can_move_line(self.person, self.roles, key_result)
        if sent.get("baseline", 0) is None:  # its day goes with it
            sent = {"baseline_on": None} | sent
        form = KeyResultForm(
            initial_of(key_result) | names_of(key_result) | sent,
            initial=initial_of(key_result) | names_of(key_result),
            plan=self.plan,
            key_result=key_result,
            may_move_line=can_move_line(self.person, self.roles, key_result),
            targets=standing_targets(key_result),
        )
        by_name(form, keeps_owner="owner" not in sent)
        check(form)
        if not place_problems(form, []):
            raise ValidationError(errors_of(form))
        return form


def agreed(key_result: KeyResult) -> dict[str, Any]:
    """What only the PMO moves."""
    columns = (name for name in line_of(key_result) if name != "milestones")
    counted = {"milestones": names_of(key_result)["milestones"]}
    return counted | {name: getattr(key_result, name) for name in columns}


class NewKeyResultAction(PlanReadViewSet):
    """Adding a key result to an objective."""

    @extend_schema(
        request=NewKeyResultSerializer,
        responses={
            200: OpenApiResponse(KeyResultSerializer, "The same was added before."),
            201: KeyResultSerializer,
            409: OpenApiResponse(KeyResultSerializer, "Another one has this key: this one."),
        },
    )
    @action(detail=True, methods=["post"], url_path="key-results")
    def key_results(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a key result with its dated targets. Only kinds with a way take values for them."""
        with self.writing():
            objective: Objective = self.get_object()
            check_can_edit_objective(self.person, self.roles, objective)
            check_is_open(objective)
            sent = self.sent(NewKeyResultSerializer)
            form = new_form(self, objective, sent)
            try:
                pk = key_result_create(
                    objective=objective,
                    by=self.person,
                    reason=sent.get("reason", form.why),
                    data=form.data_of(),
                    targets=form.targets,
                    key=sent.get("key", ""),
                ).pk
                code: int = status.HTTP_201_CREATED
            except KeyTakenError as taken:
                pk, code = taken.standing.pk, taken_code(taken)
        row = with_names(KeyResult.objects.all()).get(pk=pk)
        return Response(KeyResultSerializer(row).data, status=code)


def new_form(view: PlanReadViewSet, objective: Objective, sent: dict[str, Any]) -> KeyResultForm:
    """The page's form with its rows of targets, found in order."""
    targets = sent["targets"]
    form = KeyResultForm(names_of(objective) | sent, plan=view.plan)
    by_name(form)
    check(form)
    rows = TargetFormSet(
        {
            "targets-TOTAL_FORMS": len(targets),
            "targets-INITIAL_FORMS": 0,
            **{f"targets-{i}-{k}": v for i, row in enumerate(targets) for k, v in row.items()},
        },
        prefix="targets",
        form_kwargs={"rules": form.target_rules()},
    )
    if rows.is_valid():
        form.targets = planned_targets(rows, form.cleaned_data["kind"])
        if place_problems(form, rows):
            return form
    errors: dict[str, Any] = dict(errors_of(form))
    if any(row.errors for row in rows):
        errors["targets"] = [errors_of(row) for row in rows]
    raise ValidationError(errors)
