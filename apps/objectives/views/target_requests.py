"""The targets of a key result, and the requests to move, add or give up one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.approvals.presentation.refusals import refusal
from apps.approvals.presentation.requests import request_rows
from apps.approvals.selectors.requests import requests_of
from apps.core.htmx import redirect_to, render_page
from apps.core.ui.formats import format_date
from apps.objectives.domain.target_changes import TARGET_CHANGE
from apps.objectives.forms.target_changes import TargetChangeForm, TargetDropForm
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.permissions import check_can_edit_key_result, check_is_open
from apps.objectives.presentation.standings import key_result_path, target_text
from apps.objectives.services.target_changes import target_change_request
from apps.objectives.views.key_result_edit import open_key_result
from apps.objectives.views.objective_edit import METHODS, objective_crumbs
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest
from apps.plans.models import ItemState
from apps.plans.selectors.calendars import plan_calendar

WINDOW = 50
FORM = "objectives/objective_form.html"


@require_safe
def key_result_targets(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """The targets of one key result, as agreed first and now, with every request."""
    rows = KeyResult.objects.select_related("objective")
    key_result = get_object_or_404(rows, plan=request.plan, key=key)
    targets = key_result.targets.select_related("item").exclude(item__state=ItemState.CANCELLED)
    back = key_result_path(request.plan, key_result)
    requests = requests_of(request.plan, TARGET_CHANGE).filter(subject__key_result=key_result)
    context = {
        "crumbs": objective_crumbs(request, (key_result.name, back), (_("Targets"), "")),
        "key_result": key_result,
        "targets": [
            (row, target_text(key_result, row.first_value), target_text(key_result, row.value))
            for row in targets.order_by("due_on")
        ],
        "rows": request_rows(requests[:WINDOW], request.plan),
        "nav_section": "objective",
    }
    return render_page(request, "objectives/key_result_targets.html", context)


@require_http_methods(METHODS)
def target_change_new(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Ask the PMO for another value or day of a target."""
    target = open_target(request, key)
    initial = {"value": target.value, "due_on": target.due_on}
    form = TargetChangeForm(request.POST or None, initial=initial, key_result=target.key_result)
    text = _("The target stays in force until the PMO approves the change.")
    title = _("Ask for another target")
    return request_page(request, form, target.key_result, target, (title, text))


@require_http_methods(METHODS)
def target_drop_new(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Ask the PMO to give a target up."""
    target = open_target(request, key)
    form = TargetDropForm(request.POST or None)
    text = _("The target stays in force until the PMO approves that it is given up.")
    title = _("Ask to give the target up")
    return request_page(request, form, target.key_result, target, (title, text))


@require_http_methods(METHODS)
def target_add_new(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Ask the PMO for a further target."""
    key_result = open_key_result(request, key)
    form = TargetChangeForm(request.POST or None, key_result=key_result)
    text = _("The target is in force once the PMO approves it.")
    title = _("Ask for a further target")
    return request_page(request, form, key_result, None, (title, text))


def open_target(request: PlanRequest, key: str) -> KeyResultTarget:
    """The target, if the person may change its key result and its objective is open."""
    targets = KeyResultTarget.objects.select_related("item", "key_result__objective")
    target: KeyResultTarget = get_object_or_404(targets, item__plan=request.plan, item__key=key)
    check_can_edit_key_result(request.user, request.roles, target.key_result)
    check_is_open(target.key_result.objective)
    return target


def request_page(
    request: PlanRequest,
    form: TargetDropForm,
    key_result: KeyResult,
    target: KeyResultTarget | None,
    words: tuple[str, str],
) -> HttpResponse:
    """The form of a request, and what is posted to it. ``words``: title, what happens."""
    back = f"{key_result_path(request.plan, key_result)}targets/"
    if request.method == "POST" and form.is_valid():
        wish: dict[str, Any] = {"key_result": key_result, "target": target, "asked": form.asked}
        try:
            target_change_request(**wish, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The request was sent to the PMO."))
            return redirect_to(request, back)
        except PlanRuleError as error:
            form.place(error, refusal(TARGET_CHANGE, error, plan_calendar(request.plan)))
    title, text = words
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "text": text if target is None else f"{name_of(target)} {text}",
        "verb": _("Send to the PMO"),
        "back": back,
        "crumbs": objective_crumbs(request, (key_result.name, back), (title, "")),
        "nav_section": "objective",
    }
    return render_page(request, FORM, context, status=422 if form.errors else 200)


def name_of(target: KeyResultTarget) -> str:
    """Which target a form is about."""
    values = {
        "value": target_text(target.key_result, target.value),
        "day": format_date(target.due_on),
    }
    return _("In force: %(value)s by %(day)s.") % values
