"""The objectives on the plan page: progress, pace, and the phase's targets against actuals."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from apps.approvals.kinds import request_kinds
from apps.approvals.selectors.requests import waiting_count
from apps.objectives.presentation.standings import objective_card, standing_row
from apps.objectives.selectors.standings import Window, read_objectives
from apps.plans.addresses import plan_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.http import PlanRequest
from apps.plans.models import Phase, Plan
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.selectors.phases import chosen_phase


def objectives_context(
    plan: Plan, phases: Sequence[Phase], calendar: DayCalendar, looks: OutlookMaker, asked: str
) -> dict[str, Any]:
    """Context of front/_objectives.html; ``asked`` is the number of a phase to compare with."""
    phase = chosen_phase(phases, asked, looks.today)
    window = Window(
        looks=looks,
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
    }


def waiting_words(request: PlanRequest) -> list[tuple[str, str]]:
    """What waits for this reader's decision, in words, and where."""
    found = []
    for kind in request_kinds().values():
        may = kind.can_decide(request.user, request.roles, request.plan)
        if count := waiting_count(request.plan, kind.name) if may else 0:
            text = ngettext(
                "%(what)s waits for your decision", "%(what)s wait for your decision", count
            )
            words = text % {"what": kind.counted(count)}
            found.append((words, f"{plan_path(request.plan.key)}requests/"))
    return found
