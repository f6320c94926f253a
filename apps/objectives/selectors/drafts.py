"""Key results that are being written: checked by the engine's rules before anything is saved."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import NamedTuple

from apps.objectives.domain.shares import share
from apps.objectives.models import KeyResult
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import DayNumber, TrajectoryError, gettext_noop
from apps.plans.engine.key_results import DatedTarget, KeyResultKind, problems_of
from apps.plans.models import Plan


class PlannedTarget(NamedTuple):
    """A dated target that is asked for; ``value`` None for kinds that have bounds or are yes/no."""

    due_on: dt.date
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What makes a trajectory: kind, baseline and its day, bounds."""

    kind: str
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None

    @classmethod
    def of(cls, key_result: KeyResult) -> "Line":
        return cls(**{field.name: getattr(key_result, field.name) for field in fields(cls)})


def line_problems(
    plan: Plan, calendar: DayCalendar, line: Line, targets: Sequence[PlannedTarget]
) -> list[TrajectoryError]:
    """Everything that the engine has against these targets; empty when all is well.

    Days in the errors are the plan's day numbers. ``targets`` in order of their dates.
    """
    kind = KeyResultKind(line.kind)
    start_on = line.baseline_on or plan.start_on
    start_day = calendar.start_number(start_on) - (0 if line.baseline_on else 1)
    dated = [
        DatedTarget(
            day=calendar.number(target.due_on),
            value=target.value,
            low=line.lower_bound,
            high=line.upper_bound,
        )
        for target in targets
    ]
    return problems_of(kind, start_day, dated, line.baseline if kind.is_path else None)


def share_problems(
    calendar: DayCalendar, dues: Sequence[dt.date], targets: Iterable[PlannedTarget]
) -> list[TrajectoryError]:
    """Targets of a share of milestones that the milestones' own dates cannot reach.

    ``dues`` are the days of the milestones that count. Nothing is found where a value is missing:
    ``line_problems`` says that.
    """
    return [
        TrajectoryError(
            "share.unreachable",
            gettext_noop(
                "By %(day)s only %(reachable)s%% of these milestones are due; the target asks for "
                "%(value)s%%."
            ),
            {
                "day": DayNumber(calendar.number(target.due_on)),
                "value": f"{target.value.normalize():f}",
                "reachable": f"{reachable.normalize():f}",
            },
        )
        for target in targets
        if target.value is not None
        and (reachable := share(sum(due <= target.due_on for due in dues), len(dues)))
        < target.value
    ]
