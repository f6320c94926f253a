"""The plan page: what the whole house knows of one plan, in one answer."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.front.presentation.objectives import objectives_context, waiting_words
from apps.front.presentation.overview import first_words, led_team_ids, position_words
from apps.front.selectors.overview import read_causes, read_counts, read_stones
from apps.plans.charts.strip import layout_strip
from apps.plans.http import PlanRequest
from apps.plans.models import Role
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.selectors.phases import plan_axis, stones_by_phase


@require_safe
def plan_page(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Where the plan stands today: what is late first, phases, milestones, objectives, risks."""
    plan, today = request.plan, request.plan.today()
    calendar = plan_calendar(plan)
    looks = OutlookMaker(plan, calendar, today)
    prefetch_related_objects([plan], "phases")
    phases = list(plan.phases.all())
    stones = read_stones(plan, looks)
    counts = read_counts(plan, today)
    causes = read_causes(plan, looks, led_team_ids(request.roles))
    bands = [(phase.number, phase.name, phase.start_on, phase.finish_on) for phase in phases]
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
        "objectives": objectives_context(
            plan, phases, calendar, looks, request.GET.get("phase", "")
        ),
        "waits": waiting_words(request),
    }
    return render_page(request, "front/plan_page.html", context)
