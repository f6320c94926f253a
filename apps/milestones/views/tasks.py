"""The task list and one task."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.milestones.filters import TaskFilter
from apps.milestones.models import Task
from apps.milestones.presentation.headings import task_headings
from apps.milestones.selectors.details import BOUND, baseline_rows, link_rows
from apps.milestones.selectors.tasks import (
    WINDOW,
    above,
    plan_tasks,
    read_packages,
    task_records,
    task_rows,
    task_totals,
)
from apps.milestones.selectors.tree import with_branch
from apps.plans.http import PlanRequest
from apps.plans.presentation.explanation import explanation_context
from apps.plans.selectors.arithmetic import read_arithmetic
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker


@require_safe
def task_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every task of the plan, filtered and sorted, in windows of 200 rows."""
    plan, today = request.plan, request.plan.today()
    filters = TaskFilter.on_page(request, plan_tasks(plan))
    tasks, sort = filters.qs, filters.chosen.get("sort", "wbs")
    totals = task_totals(tasks, today)
    # The totals say how many there are: the pages need no count of their own.
    page = Paginator(range(totals.total), WINDOW).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    records = task_records(tasks, start, page.end_index())
    rows = task_rows(plan, records, OutlookMaker(plan, plan_calendar(plan), today))
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), reverse("front:plan_page", args=[plan_key])), (_("Tasks"), "")],
        "form": filters.form,
        "totals": totals,
        "page": page,
        "rows": rows,
        "headings": task_headings(request.GET, sort),
        "is_grouped": sort == "wbs",
    }
    return render_page(request, "milestones/task_list.html", context, part="rows")


@require_safe
def task_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """One task: its arithmetic, what it waits for, what waits for it, what was reported of it."""
    plan, today = request.plan, request.plan.today()
    tasks = with_branch(Task.objects.select_related("item__owner", "item__team"))
    task = get_object_or_404(tasks, item__plan=plan, item__key=key)
    item = task.item
    found = read_arithmetic(item, plan, today)
    maker = OutlookMaker(plan, found.calendar, today)
    context: dict[str, Any] = {
        "crumbs": task_crumbs(plan_key, item.code),
        "task": task,
        "item": item,
        "above": above(task, plan_key, read_packages([task.package_id])),
        "today": today,
        "outlook": found.outlook,
        **explanation_context(found),
        "reports": task.reports.select_related("entered_by")[:BOUND],
        "predecessors": link_rows(item, plan, maker, end="predecessor"),
        "successors": link_rows(item, plan, maker, end="successor"),
        "baselines": baseline_rows(item),
    }
    return render_page(request, "milestones/task_detail.html", context)


def task_crumbs(plan_key: str, code: str) -> list[tuple[str, str]]:
    """Where the page stands."""
    return [
        (_("Plan"), reverse("front:plan_page", args=[plan_key])),
        (_("Tasks"), reverse("milestones:task_list", args=[plan_key])),
        (code, ""),
    ]
