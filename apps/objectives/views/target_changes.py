"""Ask for another target, and decide on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.htmx import redirect_to, render_page
from apps.objectives.forms.refusals import refusal
from apps.objectives.forms.target_changes import DecisionForm, TargetChangeForm
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.permissions import (
    can_decide_targets,
    check_can_decide_targets,
    check_can_edit_key_result,
    check_is_open,
)
from apps.objectives.presentation.standings import key_result_path, target_text
from apps.objectives.presentation.target_changes import request_row, request_rows
from apps.objectives.selectors.target_changes import requests_of
from apps.objectives.services.target_changes import target_change_decide, target_change_request
from apps.objectives.views.objective_edit import METHODS, objective_crumbs
from apps.plans.addresses import plan_path
from apps.plans.domain.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.models import ItemState
from apps.plans.selectors.calendars import plan_calendar

WINDOW = 50


@require_safe
def target_change_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every request of the plan, those that wait first."""
    page = Paginator(requests_of(request.plan), WINDOW).get_page(request.GET.get("page"))
    title = _("Changes of targets")
    context: dict[str, Any] = {
        "title": title,
        "crumbs": objective_crumbs(request, (title, "")),
        "page": page,
        "rows": request_rows(page.object_list, request.plan),
        "nav_section": "objective",
    }
    return render_page(request, "objectives/target_change_list.html", context, part="rows")


@require_safe
def key_result_targets(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """The targets of one key result, as agreed first and now, with every request."""
    rows = KeyResult.objects.select_related("objective")
    key_result = get_object_or_404(rows, plan=request.plan, key=key)
    targets = key_result.targets.select_related("item").exclude(item__state=ItemState.CANCELLED)
    back = key_result_path(request.plan, key_result)
    context = {
        "crumbs": objective_crumbs(request, (key_result.name, back), (_("Targets"), "")),
        "key_result": key_result,
        "targets": [
            (row, target_text(key_result, row.first_value), target_text(key_result, row.value))
            for row in targets.order_by("due_on")
        ],
        "rows": request_rows(requests_of(request.plan, key_result)[:WINDOW], request.plan),
        "nav_section": "objective",
    }
    return render_page(request, "objectives/key_result_targets.html", context)


@require_http_methods(METHODS)
def target_change_new(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Ask the PMO for another value or day of a target."""
    targets = KeyResultTarget.objects.select_related("item", "key_result__objective")
    target = get_object_or_404(targets, item__plan=request.plan, item__key=key)
    key_result = target.key_result
    check_can_edit_key_result(request.user, request.roles, key_result)
    check_is_open(key_result.objective)
    initial = {"value": target.value, "due_on": target.due_on}
    form = TargetChangeForm(request.POST or None, initial=initial, target=target)
    back = f"{key_result_path(request.plan, key_result)}targets/"
    if request.method == "POST" and form.is_valid() and ask(request, form, target):
        messages.success(request, _("The request was sent to the PMO."))
        return redirect_to(request, back)
    crumbs = objective_crumbs(request, (key_result.name, back), (_("Ask for a change"), ""))
    context = {"form": form, "back": back, "crumbs": crumbs, "nav_section": "objective"}
    context |= {"title": _("Ask for another target"), "verb": _("Send to the PMO")}
    context["text"] = _("The target stays in force until the PMO approves the change.")
    status = 422 if form.errors else 200
    return render_page(request, "objectives/objective_form.html", context, status=status)


def ask(request: PlanRequest, form: TargetChangeForm, target: KeyResultTarget) -> bool:
    """Make the request; a refusal goes to its field."""
    data = form.cleaned_data
    try:
        target_change_request(
            target=target,
            by=request.user,
            reason=data["reason"],
            value=data.get("value"),
            due_on=data["due_on"],
        )
    except PlanRuleError as error:
        form.place(error, refusal(error, plan_calendar(request.plan)))
    return not form.errors


@require_http_methods(METHODS)
def target_change_detail(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """One request; the PMO approves or rejects it here."""
    found = get_object_or_404(requests_of(request.plan), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        check_can_decide_targets(request.roles)
        if form.is_valid():
            try:
                target_change_decide(
                    request=found,
                    by=request.user,
                    is_approved=form.is_approved,
                    note=form.cleaned_data["note"],
                )
            except PlanRuleError as error:
                form.add_error(None, refusal(error, plan_calendar(request.plan)))
            else:
                messages.success(request, _("The decision was recorded."))
                return redirect_to(request, f"{plan_path(plan_key)}target-changes/")
    context = {"row": request_row(found, request.plan), "form": form, "nav_section": "objective"}
    context["may_decide"] = can_decide_targets(request.roles)
    up = (_("Changes of targets"), f"{plan_path(plan_key)}target-changes/")
    context["crumbs"] = objective_crumbs(request, up, (found.target.key_result.name, ""))
    page, status = "objectives/target_change_detail.html", 422 if form.errors else 200
    return render_page(request, page, context, status=status)
