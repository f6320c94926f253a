"""One key result: its trajectory, its targets, and every value that was reported."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.objectives.charts.history import layout_chart
from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.objectives.presentation import key_results as words
from apps.objectives.presentation.standings import key_result_path, standing_row
from apps.objectives.selectors.check_ins import history
from apps.objectives.selectors.standings import Standing, Window, read_standings
from apps.objectives.selectors.trails import chart_facts, trajectory, values_by_key_result
from apps.objectives.services.shares import counted_items, is_counted
from apps.objectives.views.objectives import day_window
from apps.plans.addresses import plan_path
from apps.plans.http import PlanRequest
from apps.plans.models import Plan
from apps.plans.selectors.explanations import explain_item

HISTORY = 26


@require_safe
def key_result_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """The page of a key result; its history in windows of 26 values."""
    plan, window = request.plan, day_window(request)
    prefetch_related_objects([plan], "phases")
    wanted = KeyResult.objects.filter(plan=plan, key=key).select_related("objective")
    found = next(iter(read_standings(plan, window, wanted)), None)
    if found is None:
        raise Http404
    page = Paginator(history(found.key_result), HISTORY).get_page(request.GET.get("page"))
    context = key_result_context(found, plan, window, page)
    return render_page(request, "objectives/key_result_detail.html", context, part="history")


def key_result_context(
    found: Standing, plan: Plan, window: Window, page: Page[CheckIn]
) -> dict[str, Any]:
    """What the page shows. Two queries more: the values, and a working calendar's days."""
    key_result, leading = found.key_result, found.leading
    values = values_by_key_result([key_result.pk])[key_result.pk]
    facts = chart_facts(found, plan, list(plan.phases.all()), window, values)
    path = trajectory(found, plan, window.calendar, values)
    targets = words.target_rows(found, plan)
    chart = layout_chart(facts)
    item = None if leading is None else leading.target.item
    counted = counted_items([key_result])[key_result.pk] if is_counted(key_result) else []
    looks = window.looks
    told = None if item is None else explain_item(item, plan, window.calendar, looks.today)
    return {
        "crumbs": words.crumbs(found, plan, plan_path(plan.key)),
        "key_result": key_result,
        "row": standing_row(found, plan),
        "facts": words.key_result_facts(found, plan),
        "chart": chart,
        "total_height": chart.height + (52 if chart.confidences else 26),
        "chart_words": words.chart_words(found, targets),
        "actual": words.actual_text(found),
        "value_labels": words.value_labels(chart, key_result.unit),
        "targets": targets,
        "counted": words.counted_rows(counted, plan, window.looks),
        "told": told,
        "page": page,
        "check_ins": words.check_in_rows(page.object_list, found, path, window.calendar),
        "has_sample": found.newest is not None and found.newest.is_sample,
        "today": looks.today,
        "nav_section": "objective",
    }


@require_safe
def target_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """A dated target is shown on the page of its key result."""
    targets = KeyResultTarget.objects.select_related("key_result")
    target = get_object_or_404(targets, item__plan=request.plan, item__key=key)
    return redirect(f"{key_result_path(request.plan, target.key_result)}#targets")
