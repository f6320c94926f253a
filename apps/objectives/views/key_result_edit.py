"""Add a key result with its dated targets, and change one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.htmx import redirect_to, render_page
from apps.objectives.forms.key_results import (
    KeyResultForm,
    TargetFormSet,
    initial_of,
    place_problems,
    planned_targets,
    standing_targets,
)
from apps.objectives.models import KeyResult, Objective
from apps.objectives.permissions import can_move_line, check_can_edit_key_result, check_is_open
from apps.objectives.presentation.standings import key_result_path, objective_path
from apps.objectives.services.key_results import key_result_create, key_result_edit
from apps.objectives.views.objective_edit import METHODS, held, objective_crumbs, open_objective
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest

FORM = "objectives/key_result_form.html"


@require_http_methods(METHODS)
def key_result_new(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """A new key result of an objective; its rows begin with the end of each phase."""
    objective = open_objective(request, key)
    form, rows = new_forms(request, objective)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        form.targets = planned_targets(rows, form.cleaned_data["kind"])
        made = created(request, objective, form) if place_problems(form, rows) else None
        if made is not None:
            messages.success(request, _("The key result was added."))
            return redirect_to(request, key_result_path(request.plan, made))
    back = objective_path(request.plan, key)
    crumbs = objective_crumbs(request, (objective.name, back), (_("New key result"), ""))
    context: dict[str, Any] = {"form": form, "rows": rows, "crumbs": crumbs, "back": back}
    context |= {"title": _("New key result"), "nav_section": "objective"}
    return render_page(request, FORM, context, status=422 if is_refused(form, rows) else 200)


def created(request: PlanRequest, objective: Objective, form: KeyResultForm) -> KeyResult | None:
    """The new key result; None when it was refused, which the form then says."""
    try:
        return key_result_create(
            objective=objective,
            by=request.user,
            reason=form.why,
            data=form.data_of(),
            targets=form.targets,
        )
    except PlanRuleError as error:
        form.refuse(error)
        return None


def new_forms(request: PlanRequest, objective: Objective) -> tuple[KeyResultForm, Any]:
    """The form of a new key result and its rows, filled with what was posted."""
    phases = [{"due_on": phase.finish_on} for phase in request.plan.phases.all()]
    mine = {"owner": objective.owner_id, "team": objective.team_id}
    form = KeyResultForm(request.POST or None, initial=mine, plan=request.plan)
    told = {"rules": form.target_rules()}
    rows = TargetFormSet(request.POST or None, initial=phases, prefix="targets", form_kwargs=told)
    return form, rows


def is_refused(form: KeyResultForm, rows: Any) -> bool:
    """Whether anything in the forms has an error."""
    return bool(form.errors) or (rows.is_bound and any(row.errors for row in rows))


@require_http_methods(METHODS)
@held
def key_result_change(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Change a key result; its targets move by a request."""
    key_result = open_key_result(request, key)
    back, name = key_result_path(request.plan, key_result), key_result.name
    form = KeyResultForm(
        request.POST or None,
        initial=initial_of(key_result),
        plan=request.plan,
        key_result=key_result,
        may_move_line=can_move_line(request.user, request.roles, key_result),
        targets=standing_targets(key_result),
    )
    if request.method == "POST" and form.is_valid() and changed(request, key_result, form):
        messages.success(request, _("The key result was changed."))
        return redirect_to(request, back)
    crumbs = objective_crumbs(request, (name, back), (_("Change"), ""))
    context = {"form": form, "crumbs": crumbs, "back": back, "nav_section": "objective"}
    context["title"] = _("Change the key result")
    return render_page(request, FORM, context, status=422 if form.errors else 200)


def changed(request: PlanRequest, key_result: KeyResult, form: KeyResultForm) -> bool:
    """Change it; a refusal is said by the form."""
    if not place_problems(form, []):
        return False
    try:
        key_result_edit(
            key_result=key_result, by=request.user, reason=form.why, data=form.data_of()
        )
    except PlanRuleError as error:
        form.refuse(error)
    return not form.errors


def open_key_result(request: PlanRequest, key: str) -> KeyResult:
    """The key result, if the person may change it and its objective is open."""
    rows = KeyResult.objects.select_related("objective", "owner", "team", "plan")
    key_result: KeyResult = get_object_or_404(rows, plan=request.plan, key=key)
    check_can_edit_key_result(request.user, request.roles, key_result)
    check_is_open(key_result.objective)
    return key_result
