"""The objective list with its key results, and one objective."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.objectives.charts.mini import Mini
from apps.objectives.filters import KeyResultFilter
from apps.objectives.models import KeyResult
from apps.objectives.presentation.standings import (
    Row,
    objective_card,
    share_lines,
    standing_row,
)
from apps.objectives.selectors.standings import (
    Standing,
    Window,
    objective_standing,
    read_objectives,
    read_standings,
)
from apps.objectives.selectors.trails import minis
from apps.plans.addresses import plan_path
from apps.plans.http import PlanRequest
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker

WINDOW = 200


def day_window(request: PlanRequest) -> Window:
    """Today in the plan's own calendar."""
    calendar = plan_calendar(request.plan)
    return Window(OutlookMaker(request.plan, calendar, request.plan.today()), calendar)


def rows_of(
    members: Iterable[Standing], plan: Plan, charts: dict[int, Mini]
) -> list[tuple[Row, Mini]]:
    """Key results with their small charts, ready to be written."""
    return [(standing_row(member, plan), charts[member.key_result.pk]) for member in members]


@require_safe
def objective_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every objective with its key results, in windows of 200 key results."""
    plan, window = request.plan, day_window(request)
    prefetch_related_objects([plan], "phases")
    rows = plan.key_results.filter(objective__archived_at=None)
    filters = KeyResultFilter.on_page(request, rows)
    page = Paginator(filters.qs, WINDOW).get_page(request.GET.get("page"))
    found = read_objectives(plan, window, cast("QuerySet[KeyResult]", page.object_list))
    members = [member for objective in found for member in objective.members]
    charts = minis(members, plan, list(plan.phases.all()), window.calendar)
    groups = [
        (objective_card(one, plan), rows_of(one.members, plan, charts))
        for one in found
        if one.members or not filters.chosen
    ]
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), plan_path(plan.key)), (_("Objectives"), "")],
        "form": filters.form,
        "page": page,
        "groups": groups,
    }
    return render_page(request, "objectives/objective_list.html", context, part="rows")


@require_safe
def objective_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """One objective: its roll-up with the formula opened, and its key results."""
    plan, window = request.plan, day_window(request)
    prefetch_related_objects([plan], "phases")
    objective = get_object_or_404(plan.objectives.select_related("owner", "team"), key=key)
    members = read_standings(plan, window, objective.key_results.all())
    found = objective_standing(objective, members)
    charts = minis(members, plan, list(plan.phases.all()), window.calendar)
    context: dict[str, Any] = {
        "crumbs": [
            (_("Plan"), plan_path(plan.key)),
            (_("Objectives"), f"{plan_path(plan.key)}objectives/"),
            (objective.name, ""),
        ],
        "objective": objective,
        "card": objective_card(found, plan),
        "rows": rows_of(members, plan, charts),
        "lines": share_lines(found, plan),
        "nav_section": "objective",
    }
    return render_page(request, "objectives/objective_detail.html", context)
