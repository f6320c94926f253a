"""Where each key result and objective stands: value, plan value, progress, level. Three queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from apps.objectives.domain import Member, progress_share, shown_places, weighted_mean
from apps.objectives.domain.shares import Steps
from apps.objectives.models import KeyResult, KeyResultTarget, Objective
from apps.objectives.selectors.readings import (
    Reading,
    counted,
    engine_check_in,
    reading,
    with_readings,
)
from apps.objectives.selectors.trajectories import engine_key_result
from apps.plans.engine import key_results as engine
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.levels import LATE, Level
from apps.plans.engine.trajectory import Trajectory
from apps.plans.models import ItemState, Plan
from apps.plans.selectors.outlooks import Outlook, OutlookMaker


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A dated target with how it looks today. ``is_next``: the one that raises alerts."""

    target: KeyResultTarget
    outlook: Outlook
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A key result on a day. Shares are exact and may lie below 0 or above 1.

    ``start`` is the baseline, or the first value where none is known. ``plan_value`` is what the
    plan's line asks for today, ``phase_value`` at the end of the phase; None where there is no
    line. ``phase_target`` is the target due in that phase itself. ``steps`` is the line of a share
    of milestones.
    """

    key_result: KeyResult
    targets: tuple[TargetStanding, ...]
    newest: Reading | None
    start: Decimal | None
    places: int
    plan_value: Decimal | None
    phase_value: Decimal | None
    phase_target: TargetStanding | None
    share: Fraction | None
    planned_share: Fraction | None
    steps: Steps | None = None

    @property
    def leading(self) -> TargetStanding | None:
        """The target that alerts, else the last one."""
        following = (target for target in self.targets if target.is_next)
        return next(following, self.targets[-1] if self.targets else None)

    @property
    def gap(self) -> Decimal | None:
        """Value less plan value; its sign is the value's own, not good or bad."""
        if self.newest is None or self.plan_value is None:
            return None
        return round(self.newest.value - self.plan_value, self.places)

    @property
    def is_behind(self) -> bool:
        """Whether the share lies below the planned one, by more than rounding hides."""
        return self.lag is not None and self.lag > 0 and self.gap != 0

    @property
    def lag(self) -> Fraction | None:
        """Planned share less share; above 0 is behind. None without data."""
        if self.share is None or self.planned_share is None:
            return None
        return self.planned_share - self.share


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveStanding:
    """An objective with its key results; shares are weighted means of those that have data."""

    objective: Objective
    members: tuple[Standing, ...]
    share: Fraction | None
    planned_share: Fraction | None

    @property
    def weakest(self) -> Standing | None:
        """The member furthest behind the plan."""
        known = [member for member in self.members if member.lag is not None]
        return max(known, key=lambda member: member.lag or Fraction(0), default=None)

    @property
    def measured(self) -> int:
        """How many members have data."""
        return sum(member.share is not None for member in self.members)

    @property
    def shown(self) -> dict[str, int]:
        """How many members lead with each badge, the worst first."""
        counts: dict[str, int] = dict.fromkeys(WORST_FIRST, 0)
        for member in self.members:
            if member.leading is not None:
                badge = member.leading.outlook.shown
                counts[badge] = counts.get(badge, 0) + 1
        return {badge: count for badge, count in counts.items() if count}


WORST_FIRST = (*reversed(LATE), "silent", "no_baseline", Level.ON_PLAN.value)


@dataclass(frozen=True, slots=True)
class Window:
    """The day to judge on, and the phase whose targets are compared (first and last day)."""

    looks: OutlookMaker
    calendar: DayCalendar
    phase_start: dt.date | None = None
    phase_finish: dt.date | None = None


def read_objectives(
    plan: Plan, window: Window, key_results: QuerySet[KeyResult] | None = None
) -> list[ObjectiveStanding]:
    """Every objective of the plan in its order, archived ones left out.

    With ``key_results`` only those members count.
    """
    objectives = list(plan.objectives.filter(archived_at=None).select_related("owner", "team"))
    wanted = plan.key_results.all() if key_results is None else key_results
    return roll_up(objectives, read_standings(plan, window, wanted))


def roll_up(
    objectives: Iterable[Objective], standings: Iterable[Standing]
) -> list[ObjectiveStanding]:
    """Each objective with those of the key results that are its own."""
    members: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings:
        members[standing.key_result.objective_id].append(standing)
    return [objective_standing(objective, members[objective.pk]) for objective in objectives]


def objective_standing(objective: Objective, members: Sequence[Standing]) -> ObjectiveStanding:
    """The roll-up; the planned share is that of the members that have data."""
    known = [member for member in members if member.share is not None]
    return ObjectiveStanding(
        objective=objective,
        members=tuple(members),
        share=weighted_mean(Member(m.share, m.key_result.weight) for m in known),
        planned_share=weighted_mean(Member(m.planned_share, m.key_result.weight) for m in known),
    )


def read_standings(plan: Plan, window: Window, key_results: QuerySet[KeyResult]) -> list[Standing]:
    """Key results with their targets, in the plan's order. Two queries."""
    rows = list(with_readings(key_results).select_related("owner", "team"))
    targets = targets_of(rows)
    return [standing(row, targets[row.pk], plan, window) for row in rows]


def targets_of(key_results: Iterable[KeyResult]) -> dict[int, list[KeyResultTarget]]:
    """The targets of each key result by date with their items, cancelled ones left out.

    Closing an objective cancels what it did not reach: there they are shown.
    """
    found: dict[int, list[KeyResultTarget]] = defaultdict(list)
    rows = KeyResultTarget.objects.filter(key_result__in=[row.pk for row in key_results])
    live = rows.exclude(
        item__state=ItemState.CANCELLED, key_result__objective__closed_on__isnull=True
    )
    for target in live.select_related("item").order_by("due_on"):
        found[target.key_result_id].append(target)
    return found


def standing(
    key_result: KeyResult, targets: Sequence[KeyResultTarget], plan: Plan, window: Window
) -> Standing:
    """Put one key result beside its plan."""
    newest = reading(key_result.newest)  # type: ignore[attr-defined]
    first = reading(key_result.first)  # type: ignore[attr-defined]
    shown = target_standings(targets, window.looks)
    start = key_result.baseline
    if start is None and first is not None:
        start = first.value
    value = None if newest is None else newest.value
    places = shown_places(start, targets[-1].value if targets else None, value)
    path = engine_key_result(key_result, targets, plan, window.calendar) if targets else None
    check_ins = engine_check_in(first, window.calendar)
    steps = plan_steps(key_result, path, window.calendar)
    line = steps if steps is not None or path is None else engine.trajectory_of(path, check_ins)
    planned = None if line is None else line.value(window.looks.day)
    ending = None if line is None else phase_value(line, window)
    return Standing(
        key_result=key_result,
        targets=shown,
        newest=newest,
        start=start,
        places=places,
        plan_value=rounded(planned, places),
        phase_value=rounded(ending, places),
        phase_target=phase_target(shown, window),
        share=None if path is None else progress_share(path.kind, start, path.targets[-1], value),
        planned_share=None if path is None else planned_share(path, start, planned),
        steps=steps,
    )


def plan_steps(
    key_result: KeyResult, path: engine.KeyResult | None, calendar: DayCalendar
) -> Steps | None:
    """The line of a share of milestones; None for other kinds."""
    if path is None or path.kind is not engine.KeyResultKind.MILESTONES:
        return None
    return Steps.of(counted(key_result, calendar), path.start_day)


def planned_share(
    path: engine.KeyResult, start: Decimal | None, planned: Fraction | None
) -> Fraction | None:
    """Share that the plan asks for today; what is kept within bounds is always to be there."""
    if not path.kind.has_values:
        return Fraction(int(path.kind is not engine.KeyResultKind.BINARY))
    return progress_share(path.kind, start, path.targets[-1], planned)


def phase_value(line: Trajectory | Steps, window: Window) -> Fraction | None:
    """What the plan's line asks for at the end of the phase."""
    if window.phase_finish is None:
        return None
    return line.value(window.calendar.number(window.phase_finish))


def phase_target(targets: Sequence[TargetStanding], window: Window) -> TargetStanding | None:
    """The last target that is due within the phase."""
    start, finish = window.phase_start, window.phase_finish
    if start is None or finish is None:
        return None
    due = [found for found in targets if start <= found.target.due_on <= finish]
    return due[-1] if due else None


def target_standings(
    targets: Sequence[KeyResultTarget], looks: OutlookMaker
) -> tuple[TargetStanding, ...]:
    """Each target as it looks today."""
    found = []
    for target in targets:
        item = target.item
        is_next = item.state != ItemState.FINISHED and not item.is_projection
        found.append(TargetStanding(target, looks.of(item), is_next))
    return tuple(found)


def rounded(value: Fraction | None, places: int) -> Decimal | None:
    """A fraction for show."""
    if value is None:
        return None
    return round(Decimal(value.numerator) / Decimal(value.denominator), places)
