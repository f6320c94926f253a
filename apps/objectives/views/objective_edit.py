"""Add and change an objective."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.htmx import redirect_to, render_page
from apps.objectives.domain.alignment import AlignmentError
from apps.objectives.forms.objectives import ObjectiveForm, initial_of
from apps.objectives.models import Objective
from apps.objectives.permissions import (
    check_can_create_objective,
    check_can_edit_objective,
    check_is_open,
)
from apps.objectives.presentation.refusals import refusal
from apps.objectives.presentation.standings import objective_path
from apps.objectives.services.objectives import objective_create, objective_edit
from apps.plans.addresses import plan_path
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.services.change import plan_hold

FORM = "objectives/objective_form.html"
METHODS = ["GET", "HEAD", "POST"]


def objective_crumbs(request: PlanRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the plan to a page below the objectives."""
    base = plan_path(request.plan.key)
    return [(_("Plan"), base), (_("Objectives"), f"{base}objectives/"), *more]


def open_objective(request: PlanRequest, key: str) -> Objective:
    """The objective, if the person may change it; one that is closed or archived stays as it is."""
    objectives = request.plan.objectives.select_related("owner", "team", "supports_key_result")
    objective = get_object_or_404(objectives, key=key)
    check_can_edit_objective(request.user, request.roles, objective)
    check_is_open(objective)
    return objective


@require_http_methods(METHODS)
def objective_new(request: PlanRequest, plan_key: str) -> HttpResponse:
    check_can_create_objective(request.user, request.roles, request.plan)
    form = ObjectiveForm(request.POST or None, plan=request.plan, roles=request.roles)
    if request.method == "POST" and form.is_valid():
        made = objective_create(
            plan=request.plan, by=request.user, reason=form.why, data=form.data_of()
        )
        messages.success(request, _("The objective was added. Give it key results next."))
        return redirect_to(request, objective_path(request.plan, made.key))
    title = _("New objective")
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "crumbs": objective_crumbs(request, (title, "")),
        "back": f"{plan_path(plan_key)}objectives/",
        "nav_section": "objective",
    }
    return render_page(request, FORM, context, status=422 if form.errors else 200)


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is posted meets what stands, and nobody comes between the two."""

    @wraps(view)
    def within(request: PlanRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, **kwargs)
        with plan_hold(request.plan):
            return view(request, **kwargs)

    return within


@require_http_methods(METHODS)
@held
def objective_change(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Change an objective and what it supports."""
    objective = open_objective(request, key)
    back, name = objective_path(request.plan, key), objective.name
    form = ObjectiveForm(
        request.POST or None,
        initial=initial_of(objective),
        plan=request.plan,
        roles=request.roles,
        objective=objective,
    )
    if request.method == "POST" and form.is_valid():
        try:
            objective_edit(
                objective=objective, by=request.user, reason=form.why, data=form.data_of()
            )
        except PlanRuleError as error:
            at = "supports" if isinstance(error, AlignmentError) else None
            form.add_error(at, refusal(error))
        else:
            messages.success(request, _("The objective was changed."))
            return redirect_to(request, back)
    crumbs = objective_crumbs(request, (name, back), (_("Change"), ""))
    title = _("Change the objective")
    context = {"form": form, "title": title, "crumbs": crumbs, "back": back}
    context["nav_section"] = "objective"
    return render_page(request, FORM, context, status=422 if form.errors else 200)
