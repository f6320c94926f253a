"""A key result as it was known on a day."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.objectives.charts.history import layout_chart
from apps.objectives.forms.as_known import AsKnownForm
from apps.objectives.models import KeyResult
from apps.objectives.presentation import key_results as words
from apps.objectives.presentation.standings import key_result_path, standing_row
from apps.objectives.selectors.as_known import Known, read_as_known
from apps.objectives.selectors.check_ins import history
from apps.objectives.selectors.trails import chart_facts, trajectory
from apps.objectives.views.objective_edit import objective_crumbs
from apps.plans.http import PlanRequest
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar

HISTORY = 100


@require_safe
def key_result_as_known(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """``?on=2026-10-01``: values, targets, forecast and level as known at the end of that day."""
    plan, today = request.plan, request.plan.today()
    rows = KeyResult.objects.select_related("objective", "owner", "team")
    key_result = get_object_or_404(rows, plan=plan, key=key)
    form = AsKnownForm(request.GET if "on" in request.GET else {"on": today}, today=today)
    back = key_result_path(plan, key_result)
    context: dict[str, Any] = {
        "form": form,
        "back": back,
        "key_result": key_result,
        "crumbs": objective_crumbs(request, (key_result.name, back), (_("As known on"), "")),
        "nav_section": "objective",
    }
    is_given = form.is_valid()
    if is_given:
        context |= known_context(key_result, plan, form.cleaned_data["on"])
    status = 200 if is_given else 422
    return render_page(request, "objectives/key_result_as_known.html", context, status=status)


def known_context(key_result: KeyResult, plan: Plan, on: dt.date) -> dict[str, Any]:
    """What the page shows of that day."""
    prefetch_related_objects([plan], "phases")
    calendar = plan_calendar(plan)
    known: Known = read_as_known(key_result, plan, calendar, on)
    found, values = known.standing, known.values
    facts = chart_facts(found, plan, list(plan.phases.all()), known.window, values)
    path = trajectory(found, plan, calendar, values)
    targets, chart = words.target_rows(found, plan), layout_chart(facts)
    entered = history(key_result, before=known.moment)
    page = Paginator(entered, HISTORY).get_page(1)
    return {
        "on": on,
        "row": standing_row(found, plan),
        "chart": chart,
        "total_height": chart.height + (52 if chart.confidences else 26),
        "chart_words": words.chart_words(found, targets),
        "actual": words.actual_text(found),
        "value_labels": words.value_labels(chart, key_result.unit),
        "targets": targets,
        "page": page,
        "check_ins": words.check_in_rows(page.object_list, found, path, calendar),
        "today": on,
    }
