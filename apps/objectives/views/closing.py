"""Close, archive, restore and copy an objective."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.htmx import redirect_to, render_page
from apps.objectives.forms.closing import CloseForm, CopyForm, WhyForm
from apps.objectives.models import Objective
from apps.objectives.permissions import check_can_edit_objective
from apps.objectives.presentation.refusals import refusal
from apps.objectives.presentation.standings import objective_path
from apps.objectives.services.closing import (
    objective_archive,
    objective_close,
    objective_copy,
    objective_restore,
)
from apps.objectives.views.objective_edit import METHODS, objective_crumbs, open_objective
from apps.plans.addresses import plan_path
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar

FORM = "objectives/objective_form.html"
WINDOW = 50


@require_http_methods(METHODS)
def objective_end(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Close with a grade and a note."""
    objective = open_objective(request, key)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            objective_close(
                objective=objective, by=request.user, grade=data["grade"], note=data["note"]
            )
        except PlanRuleError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("The objective was closed."))
            return redirect_to(request, objective_path(request.plan, key))
    context = page_context(request, objective, form, _("Close the objective"), _("Close"))
    context["text"] = _("Targets that are not met yet leave alerts and check-ins; all is kept.")
    return render_page(request, FORM, context, status=422 if form.errors else 200)


def page_context(
    request: PlanRequest, objective: Objective, form: Any, title: str, verb: str
) -> dict[str, Any]:
    back = objective_path(request.plan, objective.key)
    return {
        "form": form,
        "title": title,
        "verb": verb,
        "back": back,
        "crumbs": objective_crumbs(request, (objective.name, back), (title, "")),
        "nav_section": "objective",
    }


def kept_objective(request: PlanRequest, key: str) -> Objective:
    """The objective, closed or archived or not, if the person may change it."""
    rows = request.plan.objectives.select_related(
        "owner", "team", "supports_objective", "supports_key_result"
    )
    objective = get_object_or_404(rows, key=key)
    check_can_edit_objective(request.user, request.roles, objective)
    return objective


@require_http_methods(METHODS)
def objective_shelve(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Archive."""
    text = _("It leaves the lists, alerts and check-ins. Everything is kept and can be restored.")
    done = _("The objective was archived.")
    return why_page(request, key, objective_archive, (_("Archive the objective"), text, done))


@require_http_methods(METHODS)
def objective_return(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Restore."""
    text = _("It comes back into the lists; its targets count again from today.")
    done = _("The objective was restored.")
    return why_page(request, key, objective_restore, (_("Restore the objective"), text, done))


def why_page(
    request: PlanRequest, key: str, act: Callable[..., None], words: tuple[str, str, str]
) -> HttpResponse:
    """Ask for the reason, then do it. ``words``: title, what happens, what was done."""
    objective, (title, text, done) = kept_objective(request, key), words
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(objective=objective, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return redirect_to(request, f"{plan_path(request.plan.key)}objectives/")
    context = page_context(request, objective, form, title, title) | {"text": text}
    return render_page(request, FORM, context, status=422 if form.errors else 200)


@require_safe
def archived_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every archived objective of the plan, to be looked at and restored; in windows of 50."""
    rows = request.plan.objectives.exclude(archived_at=None).select_related("owner", "team")
    page = Paginator(rows.order_by("-archived_at", "-pk"), WINDOW).get_page(request.GET.get("page"))
    title = _("Archived objectives")
    context = {
        "title": title,
        "crumbs": objective_crumbs(request, (title, "")),
        "page": page,
        "nav_section": "objective",
    }
    return render_page(request, "objectives/archived_list.html", context, part="rows")


@require_http_methods(METHODS)
def objective_next(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Copy to the next cycle, choosing what comes along."""
    objective = kept_objective(request, key)
    rows = list(objective.key_results.prefetch_related("targets").select_related("owner", "team"))
    due_on = next_end(request.plan)
    form = CopyForm(request.POST or None, objective=objective, key_results=rows, due_on=due_on)
    if request.method == "POST" and form.is_valid():
        copy = copied(request, form)
        if copy is not None:
            messages.success(request, _("The objective was copied."))
            return redirect_to(request, objective_path(request.plan, copy.key))
    title = _("Copy to the next cycle")
    context = page_context(request, objective, form, title, _("Copy"))
    page, status = "objectives/objective_copy.html", 422 if form.errors else 200
    return render_page(request, page, context, status=status)


def copied(request: PlanRequest, form: CopyForm) -> Objective | None:
    """The copy; None when a target was refused, which the form then says."""
    try:
        return objective_copy(
            objective=form.objective,
            by=request.user,
            data=form.data_of(),
            due_on=form.cleaned_data["due_on"],
            members=form.members(),
            starts_from_last=form.cleaned_data["starts_from_last"],
        )
    except PlanRuleError as error:
        form.add_error(None, refusal(error, plan_calendar(request.plan)))
        return None


def next_end(plan: Plan) -> dt.date:
    """The end of the phase after the present one, else of the last, else a year from today."""
    today = plan.today()
    ends = [phase.finish_on for phase in plan.phases.all()]
    coming = [end for end in ends if end > today]
    if not coming:
        return today + dt.timedelta(days=365)
    return coming[min(1, len(coming) - 1)]
