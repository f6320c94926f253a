"""The milestone list and one milestone."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.milestones.filters import MilestoneFilter
from apps.milestones.models import Milestone
from apps.milestones.permissions import can_accept_milestone, can_mark_criteria
from apps.milestones.presentation.headings import milestone_headings, short_task_headings
from apps.milestones.selectors.details import LinkRow, baseline_rows, link_rows
from apps.milestones.selectors.milestones import (
    milestone_rows,
    plan_milestones,
    read_measures,
)
from apps.milestones.selectors.tasks import WINDOW, TaskRow, plan_tasks, task_records, task_rows
from apps.plans.http import PlanRequest
from apps.plans.models import Item, ItemState
from apps.plans.presentation.explanation import explanation_context
from apps.plans.selectors.arithmetic import read_arithmetic
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker


@require_safe
def milestone_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every milestone of the plan by phase, in windows of 200 rows."""
    plan, today = request.plan, request.plan.today()
    filters = MilestoneFilter.on_page(request, plan_milestones(plan))
    page = Paginator(filters.qs, WINDOW).get_page(request.GET.get("page"))
    maker = OutlookMaker(plan, plan_calendar(plan), today)
    context: dict[str, Any] = {
        "crumbs": [
            (_("Plan"), reverse("front:plan_page", args=[plan_key])),
            (_("Milestones"), ""),
        ],
        "form": filters.form,
        "page": page,
        "rows": milestone_rows(plan, page.object_list, maker),
        "headings": milestone_headings(),
    }
    return render_page(request, "milestones/milestone_list.html", context, part="rows")


@require_safe
def milestone_detail(request: PlanRequest, plan_key: str, key: str) -> HttpResponse:
    """One milestone: its arithmetic, what leads to it, how it is accepted, how its date moved."""
    plan, today = request.plan, request.plan.today()
    wanted = Milestone.objects.select_related("item__owner", "item__team", "phase", "measured_by")
    milestone = get_object_or_404(wanted, item__plan=plan, item__key=key)
    item = milestone.item
    found = read_arithmetic(item, plan, today)
    maker = OutlookMaker(plan, found.calendar, today)
    tasks = plan_tasks(plan).filter(milestone_key=key)
    rows = task_rows(plan, task_records(tasks, 0, WINDOW), maker)
    context: dict[str, Any] = {
        "crumbs": milestone_crumbs(plan_key, item.name),
        "milestone": milestone,
        "item": item,
        "today": today,
        "outlook": found.outlook,
        **explanation_context(found),
        "measure": read_measures([milestone], plan_key).get(item.pk),
        "criteria": milestone.criteria.select_related("met_by"),
        "tasks": rows,
        "tasks_href": f"{reverse('milestones:task_list', args=[plan_key])}?milestone={quote(key)}",
        "task_headings": short_task_headings(),
        "predecessors": other_links(link_rows(item, plan, maker, end="predecessor"), rows),
        "successors": link_rows(item, plan, maker, end="successor"),
        "baselines": baseline_rows(item),
        **acceptance_context(request, item),
    }
    return render_page(request, "milestones/milestone_detail.html", context)


def acceptance_context(request: PlanRequest, item: Item) -> dict[str, bool]:
    """What the reader may do about the acceptance of a milestone."""
    is_open = item.state in (ItemState.OPEN, ItemState.PAUSED)
    may_accept = can_accept_milestone(request.user, request.roles, item)
    return {
        "may_mark": is_open and can_mark_criteria(request.user, request.roles, item),
        "may_accept": is_open and may_accept,
        "may_reopen": item.state == ItemState.FINISHED and may_accept,
    }


def other_links(links: list[LinkRow], tasks: list[TaskRow]) -> list[LinkRow]:
    """Links that the list of its tasks does not tell of already."""
    shown = {task.href for task in tasks}
    return [link for link in links if link.href not in shown or link.kind != "FS" or link.lag_days]


def milestone_crumbs(plan_key: str, name: str) -> list[tuple[str, str]]:
    """Where the page stands."""
    return [
        (_("Plan"), reverse("front:plan_page", args=[plan_key])),
        (_("Milestones"), reverse("milestones:milestone_list", args=[plan_key])),
        (name, ""),
    ]
