"""Objectives: read, added, changed; their end and what is below them comes with the parts."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.objectives.api.closing import ClosingActions
from apps.objectives.api.key_results import NewKeyResultAction
from apps.objectives.api.refusing import by_name, check, names_of, refusing, taken_code
from apps.objectives.forms.objectives import NONE, ObjectiveForm, initial_of
from apps.objectives.models import Objective
from apps.objectives.permissions import check_can_create_objective, check_is_open
from apps.objectives.serializers import ObjectiveSerializer
from apps.objectives.serializers.writing import NewObjectiveSerializer, ObjectiveChangeSerializer
from apps.objectives.services.keys import KeyTakenError
from apps.objectives.services.objectives import objective_create, objective_edit
from apps.plans.models import Plan

SUPPORTS = ("supports_objective", "supports_key_result")


class ObjectiveViewSet(NewKeyResultAction, ClosingActions):
    """Objectives of the plan in their order, closed and archived ones too."""

    @extend_schema(
        request=NewObjectiveSerializer,
        responses={
            200: OpenApiResponse(ObjectiveSerializer, "The same was added before."),
            201: ObjectiveSerializer,
            409: OpenApiResponse(ObjectiveSerializer, "Another one has this key: this one."),
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add an objective. Leads add those of their own teams."""
        with self.writing():
            check_can_create_objective(self.person, self.roles, self.plan)
            sent = self.sent(NewObjectiveSerializer)
            form = self.form(sent)
            try:
                made = objective_create(
                    plan=self.plan,
                    by=self.person,
                    reason=sent.get("reason", form.why),
                    data=form.data_of(),
                    key=sent.get("key", ""),
                )
            except KeyTakenError as taken:
                return self.told(taken.standing, taken_code(taken))
        return self.told(made, status.HTTP_201_CREATED)

    @extend_schema(request=ObjectiveChangeSerializer, responses={200: ObjectiveSerializer})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an objective and what it supports."""
        with self.writing():
            objective = self.editable()
            check_is_open(objective)
            sent = self.sent(ObjectiveChangeSerializer)
            form = self.form(sent, objective)
            with refusing(next((name for name in SUPPORTS if sent.get(name)), SUPPORTS[0])):
                objective_edit(
                    objective=objective, by=self.person, reason=form.why, data=form.data_of()
                )
        return self.told(objective)

    def form(self, sent: dict[str, Any], objective: Objective | None = None) -> ObjectiveForm:
        """The page's form with what was sent, found in order."""
        standing = {} if objective is None else initial_of(objective) | names_of(objective)
        data = {"supports": NONE} | standing | sent
        is_moved = bool(sent.keys() & set(SUPPORTS))
        if is_moved:
            data["supports"] = support_choice(self.plan, objective, sent)
        form = ObjectiveForm(data, plan=self.plan, roles=self.roles, objective=objective)
        if not is_moved:  # what it supports stays, archived meanwhile or not
            supports: Any = form.fields["supports"]
            supports.choices = [(data["supports"], "")]
        by_name(form, keeps_owner=objective is not None and "owner" not in sent)
        check(form)
        return form


def support_choice(plan: Plan, objective: Objective | None, sent: dict[str, Any]) -> str:
    """What is to be supported, as the form's choice."""
    named = [(name, sent[name]) for name in SUPPORTS if sent.get(name)]
    if len(named) > 1:
        sentence = _("An objective supports one objective or one key result, not both.")
        raise ValidationError({SUPPORTS[1]: [sentence]})
    others = plan.objectives.filter(archived_at=None)
    if objective is not None:
        others = others.exclude(pk=objective.pk)
    for name, key in named:
        is_objective = name == SUPPORTS[0]
        rows: Any = others if is_objective else plan.key_results.filter(objective__in=others)
        found = rows.filter(key=key).values_list("pk", flat=True).first()
        if found is None:
            raise ValidationError({name: [_("There is no other one with this key to support.")]})
        return f"{'o' if is_objective else 'k'}{found}"
    return NONE
