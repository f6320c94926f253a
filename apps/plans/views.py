"""Pages of the plan itself: the plan page, and the arithmetic behind a colour."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.plans.addresses import plan_path
from apps.plans.charts.strip import layout_strip
from apps.plans.http import PlanRequest
from apps.plans.models import Role
from apps.plans.presentation.explanation import explanation_context
from apps.plans.presentation.overview import (
    first_words,
    led_team_ids,
    position_words,
)
from apps.plans.sections import sections
from apps.plans.selectors.arithmetic import read_arithmetic
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.selectors.overview import read_causes, read_counts, read_stones
from apps.plans.selectors.phases import plan_axis, stones_by_phase


@require_safe
def plan_detail(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Where the plan stands today: what is late first, phases, milestones, objectives, risks."""
    plan, today = request.plan, request.plan.today()
    looks = OutlookMaker(plan, plan_calendar(plan), today)
    prefetch_related_objects([plan], "phases")
    phases = list(plan.phases.all())
    stones = read_stones(plan, looks)
    counts = read_counts(plan, today)
    causes = read_causes(plan, looks, led_team_ids(request.roles))
    bands = [(phase.number, phase.name, phase.start_on, phase.finish_on) for phase in phases]
    parts = [(section.template, section.read(request, today)) for section in sections()]
    context = {
        "plan": plan,
        "today": today,
        "position": position_words(plan, phases, today),
        "strip": layout_strip(plan_axis(plan, phases), bands, stones, today),
        "stones": stones,
        "phone_phases": stones_by_phase(phases, stones, today),
        "counts": counts,
        "causes": causes,
        "first_words": first_words(request.roles, counts, len(causes)),
        "is_summary_first": request.roles[0].role == Role.EXECUTIVE,
        "sections": parts,
        "waits": [part["waits"] for _template, part in parts if part.get("waits")],
        "has_sample": any(part.get("has_sample") for _template, part in parts),
    }
    return render_page(request, "plans/plan_detail.html", context)


@require_safe
def item_explain(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """The arithmetic behind an item's colour, and how its level changed before."""
    plan = request.plan
    item = get_object_or_404(plan.items.select_related("owner", "team"), pk=pk)
    found = read_arithmetic(item, plan, plan.today())
    context = {
        "crumbs": [
            (_("Plan"), plan_path(plan.key)),
            (item.name, found.href),
            (_("The arithmetic"), ""),
        ],
        "nav_section": "objective" if item.kind == "target" else item.kind,
        **explanation_context(found),
    }
    return render_page(request, "plans/item_explain.html", context, part="explanation")
