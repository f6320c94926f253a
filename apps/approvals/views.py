"""Requests: the list, and one of them with what approval would do."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.approvals.domain.decisions import Decision
from apps.approvals.forms import DecisionForm
from apps.approvals.kinds import request_kinds
from apps.approvals.models import ChangeRequest
from apps.approvals.permissions import can_withdraw_request, check_can_withdraw_request
from apps.approvals.presentation.refusals import refusal
from apps.approvals.presentation.requests import preview_context, request_rows
from apps.approvals.selectors.requests import requests_of
from apps.approvals.services.requests import request_decide, request_preview, request_withdraw
from apps.core.htmx import redirect_to, render_page
from apps.plans.addresses import plan_path
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.selectors.calendars import plan_calendar

WINDOW = 50


@require_safe
def request_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every request of the plan, those that wait first."""
    page = Paginator(requests_of(request.plan), WINDOW).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), plan_path(plan_key)), (_("Requests"), "")],
        "page": page,
        "rows": request_rows(page.object_list, request.plan),
    }
    return render_page(request, "approvals/request_list.html", context, part="rows")


@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """One request and what approval would do; it is decided here, who asked may withdraw."""
    found = get_object_or_404(requests_of(request.plan), pk=pk)
    form, up = DecisionForm(request.POST or None), f"{plan_path(plan_key)}requests/"
    if request.method == "POST" and is_decided(request, found, form):
        messages.success(request, _("The decision was recorded."))
        return redirect_to(request, up)
    (row,), kind = request_rows([found], request.plan), request_kinds()[found.kind]
    is_pending, asks = found.is_pending, (request.user, request.roles)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "may_decide": is_pending and kind.can_decide(*asks, request.plan),
        "may_withdraw": is_pending and can_withdraw_request(*asks, found),
        "crumbs": [(_("Plan"), plan_path(plan_key)), (_("Requests"), up), (row.about.name, "")],
    }
    if is_pending:
        context |= preview_of(request, found)
    status = 422 if form.errors else 200
    return render_page(request, "approvals/request_detail.html", context, status=status)


def is_decided(request: PlanRequest, found: ChangeRequest, form: DecisionForm) -> bool:
    """Carry out what was posted, if the person may; a refusal goes into the form."""
    is_withdrawal = request.POST.get("decision") == "withdraw"
    if is_withdrawal:
        check_can_withdraw_request(request.user, request.roles, found)
    else:
        request_kinds()[found.kind].check_can_decide(request.user, request.roles, request.plan)
    if not form.is_valid():
        return False
    signed = {"request": found, "by": request.user, "note": form.cleaned_data["note"]}
    try:
        if is_withdrawal:
            request_withdraw(**signed)
        else:
            is_approved = form.cleaned_data["decision"] == Decision.APPROVED
            request_decide(is_approved=is_approved, **signed)
    except PlanRuleError as error:
        form.add_error(None, refusal(found.kind, error, plan_calendar(request.plan)))
        return False
    return True


def preview_of(request: PlanRequest, found: ChangeRequest) -> dict[str, Any]:
    """What approval would do, or the sentence that says why it is not possible any more."""
    calendar = plan_calendar(request.plan)
    try:
        preview = request_preview(request=found, by=request.user)
    except PlanRuleError as error:
        return {"obstacle": refusal(found.kind, error, calendar)}
    return preview_context(found, preview, request.plan, calendar)
