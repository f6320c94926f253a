"""Say which criteria of a milestone are met, accept it, take the acceptance back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.htmx import redirect_to, render_page
from apps.milestones.forms import AcceptanceForm, ReopenForm
from apps.milestones.models import Milestone
from apps.milestones.permissions import (
    can_accept_milestone,
    check_can_accept_milestone,
    check_can_mark_criteria,
)
from apps.milestones.services.acceptance import (
    criteria_mark,
    milestone_accept,
    milestone_reopen,
)
from apps.milestones.views.milestones import milestone_crumbs
from apps.plans.addresses import item_path
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.models import ItemKind

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def milestone_acceptance(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Tick criteria; the PMO accepts with them."""
    milestone = found_milestone(request, key)
    check_can_mark_criteria(request.user, request.roles, milestone.item)
    today = request.plan.today()
    form = AcceptanceForm(request.POST or None, milestone=milestone, today=today)
    is_acceptance = request.POST.get("act") == "accept"
    if is_acceptance:
        check_can_accept_milestone(request.user, request.roles, milestone.item)
    if request.method == "POST" and form.is_valid() and is_done(request, form, milestone):
        done = _("The milestone was accepted.") if is_acceptance else _("The criteria were saved.")
        messages.success(request, done)
        return redirect_to(request, item_path(plan_key, ItemKind.MILESTONE, key))
    context = page_context(request, milestone, form, _("Acceptance"))
    context["may_accept"] = can_accept_milestone(request.user, request.roles, milestone.item)
    return render_page(
        request, "milestones/acceptance.html", context, status=422 if form.errors else 200
    )


def is_done(request: PlanRequest, form: AcceptanceForm, milestone: Milestone) -> bool:
    """Carry out what was posted; a refusal goes to its field."""
    act = milestone_accept if request.POST.get("act") == "accept" else criteria_mark
    reason = form.cleaned_data["reason"]
    try:
        act(milestone=milestone, marks=form.marks, by=request.user, reason=reason)
    except PlanRuleError as error:
        form.refuse(error)
    return not form.errors


@require_http_methods(METHODS)
def milestone_reopening(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Take an acceptance back."""
    milestone = found_milestone(request, key)
    check_can_accept_milestone(request.user, request.roles, milestone.item)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            milestone_reopen(
                milestone=milestone, by=request.user, reason=form.cleaned_data["reason"]
            )
        except PlanRuleError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The acceptance was taken back."))
            return redirect_to(request, item_path(plan_key, ItemKind.MILESTONE, key))
    context = page_context(request, milestone, form, _("Take the acceptance back"))
    context["text"] = _("It is open again; key results that count it are counted anew.")
    status = 422 if form.errors else 200
    return render_page(request, "milestones/acceptance.html", context, status=status)


def found_milestone(request: PlanRequest, key: str) -> Milestone:
    rows = Milestone.objects.select_related("item__plan", "item__owner", "item__team")
    return get_object_or_404(rows, item__plan=request.plan, item__key=key)


def page_context(
    request: PlanRequest, milestone: Milestone, form: Any, title: str
) -> dict[str, Any]:
    name = milestone.item.name
    back = item_path(request.plan.key, ItemKind.MILESTONE, milestone.item.key)
    crumbs = milestone_crumbs(request.plan.key, name)[:-1]
    return {
        "form": form,
        "title": title,
        "milestone": milestone,
        "back": back,
        "crumbs": [*crumbs, (name, back), (title, "")],
        "nav_section": "milestone",
    }
