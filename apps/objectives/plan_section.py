"""The objectives on the plan page: progress, pace, and the phase's targets against actuals."""

import datetime as dt
from typing import Any

from django.utils.translation import ngettext

from apps.objectives.permissions import can_decide_targets
from apps.objectives.presentation.standings import objective_card, standing_row
from apps.objectives.selectors.standings import Window, read_objectives
from apps.objectives.selectors.target_changes import waiting_count
from apps.plans.addresses import plan_path
from apps.plans.http import PlanRequest
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.selectors.phases import chosen_phase


def read_section(request: PlanRequest, today: dt.date) -> dict[str, Any]:
    """Context of objectives/_plan_section.html; ``?phase=2`` compares with another phase."""
    plan = request.plan
    phases = list(plan.phases.all())
    phase = chosen_phase(phases, request.GET.get("phase", ""), today)
    calendar = plan_calendar(plan)
    window = Window(
        looks=OutlookMaker(plan, calendar, today),
        calendar=calendar,
        phase_start=None if phase is None else phase.start_on,
        phase_finish=None if phase is None else phase.finish_on,
    )
    objectives = read_objectives(plan, window)
    readings = [member.newest for found in objectives for member in found.members]
    rows = [[standing_row(row, plan) for row in found.members] for found in objectives]
    cards = [objective_card(found, plan) for found in objectives]
    return {
        "phases": phases,
        "phase": phase,
        "cards": cards,
        "groups": list(zip(cards, rows, strict=True)),
        "has_sample": any(found is not None and found.is_sample for found in readings),
        "waits": waiting_words(request),
    }


def waiting_words(request: PlanRequest) -> tuple[str, str] | None:
    """How many requests wait for the reader's decision, and where; None for all others."""
    may = can_decide_targets(request.user, request.roles, request.plan)
    count = waiting_count(request.plan) if may else 0
    if not count:
        return None
    text = ngettext(
        "%(count)s change of targets waits for your decision",
        "%(count)s changes of targets wait for your decision",
        count,
    )
    return text % {"count": count}, f"{plan_path(request.plan.key)}target-changes/"
