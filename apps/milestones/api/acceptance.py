"""Acceptance criteria of a milestone, and its acceptance, from other programs."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.milestones.api.reading import MilestoneReadViewSet
from apps.milestones.forms import AcceptanceForm, ReopenForm
from apps.milestones.models import AcceptanceCriterion, Milestone
from apps.milestones.permissions import check_can_accept_milestone, check_can_mark_criteria
from apps.milestones.serializers import (
    AcceptanceSerializer,
    CriterionSerializer,
    MilestoneSerializer,
    ReopenSerializer,
)
from apps.milestones.services.acceptance import (
    criteria_mark,
    milestone_accept,
    milestone_reopen,
)
from apps.objectives.api.refusing import check, errors_of
from apps.plans.engine.errors import PlanRuleError

MOST = 500


class MilestoneViewSet(MilestoneReadViewSet):
    """Milestones of the plan, with their forecasts; accepted with their criteria."""

    @extend_schema(responses={200: CriterionSerializer(many=True)})
    @action(detail=True, filter_backends=[], pagination_class=None)
    def criteria(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What must be true before it is accepted, in order; at most 500."""
        return self.told_criteria(self.milestone())

    @extend_schema(request=AcceptanceSerializer, responses={200: CriterionSerializer(many=True)})
    @criteria.mapping.post
    def mark(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say which criteria are met; the others are open again. Owner, lead, PMO."""
        with self.writing():
            milestone = self.milestone()
            check_can_mark_criteria(self.person, self.roles, milestone.item)
            self.carry_out(criteria_mark, milestone, self.acceptance_form(milestone))
        return self.told_criteria(milestone)

    @extend_schema(request=AcceptanceSerializer, responses={200: MilestoneSerializer})
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Accept it once all criteria are met; twice for one day changes nothing. Administrators
        and PMO.
        """
        with self.writing():
            milestone = self.milestone()
            check_can_accept_milestone(self.person, self.roles, milestone.item)
            form = self.acceptance_form(milestone)
            if milestone.item.finished_on != form.cleaned_data["on"]:
                self.carry_out(milestone_accept, milestone, form)
        return self.retrieve(request, *args, **kwargs)

    @extend_schema(request=ReopenSerializer, responses={200: MilestoneSerializer})
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the acceptance back. Administrators and PMO."""
        with self.writing():
            milestone = self.milestone()
            check_can_accept_milestone(self.person, self.roles, milestone.item)
            form = ReopenForm(self.sent(ReopenSerializer))
            check(form)
            self.carry_out(milestone_reopen, milestone, form)
        return self.retrieve(request, *args, **kwargs)

    def milestone(self) -> Milestone:
        found: Milestone = self.get_object().milestone
        found.item.plan = self.plan
        return found

    def acceptance_form(self, milestone: Milestone) -> AcceptanceForm:
        """The page's form with what was sent, found in order."""
        met = milestone.criteria.exclude(met_on=None).values_list("pk", flat=True)
        sent = self.sent(AcceptanceSerializer) | {"seen": " ".join(map(str, met))}
        form = AcceptanceForm(sent, milestone=milestone, today=self.plan.today())
        check(form)
        return form

    def carry_out(
        self, act: Callable[..., Milestone], milestone: Milestone, form: ReopenForm
    ) -> None:
        """Do what was sent; what the rules have against it is said at its field."""
        said: dict[str, Any] = {"reason": form.cleaned_data["reason"]}
        if isinstance(form, AcceptanceForm):
            said["marks"] = form.marks
        try:
            act(milestone=milestone, by=self.person, **said)
        except PlanRuleError as error:
            form.refuse(error)
            raise ValidationError(errors_of(form)) from error

    def told_criteria(self, milestone: Milestone) -> Response:
        """The criteria as the API gives them."""
        rows = AcceptanceCriterion.objects.filter(milestone=milestone).select_related("met_by")
        return Response(CriterionSerializer(rows.order_by("position")[:MOST], many=True).data)
