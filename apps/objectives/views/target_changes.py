"""Requests to change targets: the list, and one of them with what approval would do."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.htmx import redirect_to, render_page
from apps.objectives.forms.target_changes import DecisionForm
from apps.objectives.models import Decision, TargetChange
from apps.objectives.permissions import (
    can_decide_targets,
    can_withdraw_request,
    check_can_decide_targets,
    check_can_withdraw_request,
)
from apps.objectives.presentation.refusals import refusal
from apps.objectives.presentation.target_changes import (
    PreviewRows,
    preview_rows,
    request_row,
    request_rows,
)
from apps.objectives.selectors.target_changes import requests_of
from apps.objectives.services.target_changes import (
    target_change_decide,
    target_change_preview,
    target_change_withdraw,
)
from apps.objectives.services.target_moves import live_targets
from apps.objectives.views.objective_edit import METHODS, objective_crumbs
from apps.plans.addresses import plan_path
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
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


@require_http_methods(METHODS)
def target_change_detail(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """One request and what approval would do; the PMO decides here, who asked may withdraw."""
    found = get_object_or_404(requests_of(request.plan), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and is_decided(request, found, form):
        messages.success(request, _("The decision was recorded."))
        return redirect_to(request, f"{plan_path(plan_key)}target-changes/")
    is_pending = found.decision == Decision.PENDING
    asks = (request.user, request.roles)
    up = (_("Changes of targets"), f"{plan_path(plan_key)}target-changes/")
    context: dict[str, Any] = {
        "row": request_row(found, request.plan),
        "form": form,
        "may_decide": is_pending and can_decide_targets(*asks, request.plan),
        "may_withdraw": is_pending and can_withdraw_request(*asks, found),
        "crumbs": objective_crumbs(request, up, (found.key_result.name, "")),
        "nav_section": "objective",
    }
    if is_pending:
        context |= preview_of(request, found)
    page, status = "objectives/target_change_detail.html", 422 if form.errors else 200
    return render_page(request, page, context, status=status)


def is_decided(request: PlanRequest, found: TargetChange, form: DecisionForm) -> bool:
    """Carry out what was posted, if the person may; a refusal goes into the form."""
    wish = request.POST.get("decision")
    if wish == "withdraw":
        check_can_withdraw_request(request.user, request.roles, found)
    else:
        check_can_decide_targets(request.user, request.roles, request.plan)
    if not form.is_valid():
        return False
    note = form.cleaned_data["note"]
    try:
        if wish == "withdraw":
            target_change_withdraw(request=found, by=request.user, note=note)
        else:
            target_change_decide(
                request=found, by=request.user, is_approved=wish == "approve", note=note
            )
    except PlanRuleError as error:
        form.add_error(None, refusal(error, plan_calendar(request.plan)))
        return False
    return True


def preview_of(request: PlanRequest, found: TargetChange) -> dict[str, PreviewRows | str]:
    """What approval would do, or the sentence that says why it is not possible any more."""
    calendar = plan_calendar(request.plan)
    before = live_targets(found.key_result)
    try:
        after = target_change_preview(request=found, by=request.user)
    except PlanRuleError as error:
        return {"obstacle": refusal(error, calendar)}
    return {"preview": preview_rows(found.key_result, before, after, request.plan, calendar)}
