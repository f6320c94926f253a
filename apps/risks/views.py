"""The risk register, one risk, and the fragments that pages of lower apps ask for."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.objectives.models import KeyResult
from apps.plans.http import PlanRequest
from apps.plans.models import Item, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.risks.filters import RiskFilter
from apps.risks.models import Risk
from apps.risks.presentation.rows import risk_rows
from apps.risks.selectors.risks import (
    BOUND,
    TOP,
    band_counts,
    by_category,
    matrix,
    risks_of_item,
    top_risks,
    with_parts,
)

WINDOW = 200


@require_safe
def risk_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every risk of the plan by category, with the matrix over the open ones."""
    plan = request.plan
    filters = RiskFilter.on_page(request, by_category(plan))
    page = Paginator(with_parts(filters.qs), WINDOW).get_page(request.GET.get("page"))
    maker = today_maker(plan)
    rows = risk_rows(plan, page.object_list, maker)
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), reverse("front:plan_page", args=[plan_key])), (_("Risks"), "")],
        "form": filters.form,
        "page": page,
        "rows": rows,
        "has_sample": any(row.risk.is_sample for row in rows),
        "hottest": risk_rows(plan, top_risks(plan, Risk.objects.all(), TOP - 1), maker),
        "matrix": matrix(plan),
        "bands": band_counts(plan),
        "today": plan.today(),
    }
    return render_page(request, "risks/risk_list.html", context, part="rows")


@require_safe
def risk_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """One risk: how it is rated, what it threatens, what is done about it."""
    plan = request.plan
    risk = get_object_or_404(with_parts(Risk.objects.filter(plan=plan)), key=key)
    context: dict[str, Any] = {
        "crumbs": [
            (_("Plan"), reverse("front:plan_page", args=[plan_key])),
            (_("Risks"), reverse("risks:risk_list", args=[plan_key])),
            (risk.name, ""),
        ],
        "risk": risk,
        "row": risk_rows(plan, [risk], today_maker(plan))[0],
        "matrix": matrix(plan),
        "responses": risk.responses.select_related("owner"),
        "today": plan.today(),
    }
    return render_page(request, "risks/risk_detail.html", context)


@require_safe
def risk_summary(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Fragment of the plan page: how many open risks each band has, and the hottest."""
    plan = request.plan
    rows = risk_rows(plan, top_risks(plan, Risk.objects.all(), TOP), today_maker(plan))
    context = {"rows": rows, "bands": band_counts(plan), "heading": _("Risks")}
    return render_page(request, "risks/risk_summary.html", context, part="summary")


@require_safe
def item_risks(request: PlanRequest, plan_key: str, item_pk: int) -> HttpResponse:
    """Fragment: the open risks that threaten an item."""
    item = get_object_or_404(Item, plan=request.plan, pk=item_pk)
    return threatening(request, risks_of_item(item), item.name)


@require_safe
def key_result_risks(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """Fragment: the open risks that threaten a key result."""
    key_result = get_object_or_404(KeyResult, plan=request.plan, key=key)
    return threatening(request, Risk.objects.filter(key_results=key_result), key_result.name)


def threatening(request: PlanRequest, risks: Any, name: str) -> HttpResponse:
    """The hottest risks of a selection, as a list."""
    plan = request.plan
    rows = risk_rows(plan, top_risks(plan, risks, BOUND), today_maker(plan))
    context = {"rows": rows, "heading": _("Risks that threaten %(name)s") % {"name": name}}
    return render_page(request, "risks/risk_fragment.html", context, part="list")


def today_maker(plan: Plan) -> OutlookMaker:
    """Levels as of the plan's today."""
    return OutlookMaker(plan, plan_calendar(plan), plan.today())
