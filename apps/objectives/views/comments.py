"""What is said about an objective or a key result: a page of its own, and a part of theirs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.htmx import redirect_to, render_page
from apps.objectives.forms.comments import CommentForm
from apps.objectives.forms.fields import members
from apps.objectives.models import KeyResult, Objective
from apps.objectives.presentation.comments import comment_rows
from apps.objectives.presentation.standings import key_result_path, objective_path
from apps.objectives.services.comments import comment_once
from apps.objectives.views.objective_edit import METHODS, objective_crumbs
from apps.plans.http import PlanRequest

WINDOW = 20


@require_http_methods(METHODS)
def objective_comments(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Comments on an objective; every member may write one."""
    objective = get_object_or_404(request.plan.objectives, key=key)
    return comments(request, objective, objective_path(request.plan, key))


@require_http_methods(METHODS)
def key_result_comments(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Comments on a key result; every member may write one."""
    key_result = get_object_or_404(KeyResult, plan=request.plan, key=key)
    return comments(request, key_result, key_result_path(request.plan, key_result))


def comments(request: PlanRequest, on: Objective | KeyResult, back: str) -> HttpResponse:
    """The newest first, in windows of 20, and the form."""
    on.plan = request.plan
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment_once(on=on, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("The comment was kept."))
        return redirect_to(request, f"{back}comments/")
    rows = on.comments.select_related("author").prefetch_related("mentions")
    page = Paginator(rows.order_by("-created_at", "-id"), WINDOW).get_page(request.GET.get("page"))
    title = _("Comments")
    context: dict[str, Any] = {
        "title": title,
        "name": on.name,
        "action": f"{back}comments/",
        "crumbs": objective_crumbs(request, (on.name, back), (title, "")),
        "form": form,
        "page": page,
        "rows": comment_rows(page.object_list),
        "people": members(request.plan),
        "nav_section": "objective",
    }
    status = 422 if form.errors else 200
    return render_page(request, "objectives/comments.html", context, part="list", status=status)
