"""Phases of a plan that were read once, and the time axis they span."""

import datetime as dt
from collections.abc import Sequence

from apps.plans.charts.axis import TimeAxis
from apps.plans.models import Phase, Plan


def plan_axis(plan: Plan, phases: Sequence[Phase]) -> TimeAxis:
    """From the plan's first day to the last day of its last phase."""
    finish = max((phase.finish_on for phase in phases), default=plan.start_on)
    return TimeAxis(plan.start_on, max(finish, plan.start_on))


def current_phase(phases: Sequence[Phase], today: dt.date) -> Phase | None:
    """The phase that today lies in; before the plan its first, after it its last."""
    begun = [phase for phase in phases if phase.start_on <= today]
    return begun[-1] if begun else next(iter(phases), None)


def chosen_phase(phases: Sequence[Phase], number: str, today: dt.date) -> Phase | None:
    """The phase with the number that was asked for, else the one today lies in."""
    asked = (phase for phase in phases if str(phase.number) == number)
    return next(asked, current_phase(phases, today))
