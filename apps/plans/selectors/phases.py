"""Phases of a plan that were read once, and the time axis they span."""

import datetime as dt
from collections.abc import Sequence

from apps.plans.charts.axis import TimeAxis
from apps.plans.charts.strip import Stone
from apps.plans.models import Phase, Plan


def plan_axis(plan: Plan, phases: Sequence[Phase]) -> TimeAxis:
    """From the plan's first day to the last day of its last phase."""
    finish = max((phase.finish_on for phase in phases), default=plan.start_on)
    return TimeAxis(plan.start_on, max(finish, plan.start_on))


def stones_by_phase(
    phases: Sequence[Phase], stones: Sequence[Stone], today: dt.date
) -> list[tuple[Phase, list[Stone | None]]]:
    """Milestones under the phase they are due in; None stands for today between them."""
    found: list[tuple[Phase, list[Stone | None]]] = []
    for phase in phases:
        due = [s for s in stones if phase.start_on <= s.due_on <= phase.finish_on]
        rows: list[Stone | None] = [*due]
        if phase.start_on <= today <= phase.finish_on:
            rows.insert(sum(stone.due_on < today for stone in due), None)
        found.append((phase, rows))
    return found


def current_phase(phases: Sequence[Phase], today: dt.date) -> Phase | None:
    """The phase that today lies in; before the plan its first, after it its last."""
    begun = [phase for phase in phases if phase.start_on <= today]
    return begun[-1] if begun else next(iter(phases), None)


def chosen_phase(phases: Sequence[Phase], number: str, today: dt.date) -> Phase | None:
    """The phase with the number that was asked for, else the one today lies in."""
    asked = (phase for phase in phases if str(phase.number) == number)
    return next(asked, current_phase(phases, today))
