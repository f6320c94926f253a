"""Key results as charts take them: dates and plain numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from apps.objectives.charts.history import Facts, TargetValue, Value
from apps.objectives.charts.mini import Mini, layout_mini
from apps.objectives.domain.shares import Steps
from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.selectors.standings import Standing, TargetStanding, Window
from apps.objectives.selectors.trajectories import engine_key_result
from apps.plans.charts.axis import TimeAxis
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.key_results import CheckIn as EngineCheckIn
from apps.plans.engine.key_results import trajectory_of
from apps.plans.engine.trajectory import Trajectory
from apps.plans.models import Phase, Plan
from apps.plans.selectors.phases import plan_axis


def values_by_key_result(key_results: Collection[int]) -> dict[int, list[Value]]:
    """The value in force of each date of each key result, by date. One query."""
    found: dict[int, list[Value]] = defaultdict(list)
    rows = CheckIn.objects.filter(key_result__in=key_results).in_force()
    columns = rows.values_list("key_result_id", "for_on", "value", "confidence")
    for pk, on, value, confidence in columns:
        found[pk].append(Value(on, float(value), confidence))
    return found


def trajectory(
    found: Standing, plan: Plan, calendar: DayCalendar, values: Sequence[Value]
) -> Trajectory | Steps | None:
    """The plan's line in the engine's terms; None for other kinds and before a first value."""
    if found.steps is not None:
        return found.steps
    targets = [standing.target for standing in found.targets]
    if not targets:
        return None
    path = engine_key_result(found.key_result, targets, plan, calendar)
    if found.start is None:
        return trajectory_of(path, [])
    return trajectory_of(
        path, [EngineCheckIn(calendar.number(value.on), found.start) for value in values[:1]]
    )


def plan_line(
    found: Standing, plan: Plan, calendar: DayCalendar, values: Sequence[Value]
) -> list[Value]:
    """The points of the plan's line; empty without one."""
    line = trajectory(found, plan, calendar, values)
    if line is None:
        return []
    return [Value(calendar.date(day), float(value)) for day, value in line.points]


def first_line(found: Standing, line: Sequence[Value]) -> list[Value]:
    """The points of the line as it was agreed first; empty where no target has moved."""
    targets = [standing.target for standing in found.targets]
    has_moved = any((t.value, t.due_on) != (t.first_value, t.first_due_on) for t in targets)
    if not line or not has_moved or found.steps is not None:
        return []
    first = [(t.first_due_on, t.first_value) for t in targets if t.first_value is not None]
    return [line[0], *(Value(on, float(value)) for on, value in sorted(first))]


def chart_facts(
    found: Standing, plan: Plan, phases: Sequence[Phase], window: Window, values: Sequence[Value]
) -> Facts:
    """All that the chart of one key result shows."""
    axis = plan_axis(plan, phases)
    line = plan_line(found, plan, window.calendar, values)
    return Facts(
        start=axis.start,
        finish=axis.finish,
        today=window.looks.today,
        phases=[(p.number, p.name, p.start_on, p.finish_on) for p in phases],
        plan=line,
        first=first_line(found, line),
        values=values,
        targets=[target_value(standing) for standing in found.targets],
        low=number(found.key_result.lower_bound),
        high=number(found.key_result.upper_bound),
        is_stepped=found.steps is not None,
    )


def target_value(found: TargetStanding) -> TargetValue:
    """A dated target as the chart draws it."""
    target, outlook = found.target, found.outlook
    is_moved = (target.value, target.due_on) != (target.first_value, target.first_due_on)
    first = None
    if is_moved and target.first_value is not None:
        first = Value(target.first_due_on, float(target.first_value))
    return TargetValue(
        on=target.due_on,
        value=number(target.value),
        level=outlook.shown,
        is_next=found.is_next,
        forecast_on=outlook.forecast_on,
        first=first,
    )


def number(value: Decimal | None) -> float | None:
    """A decimal as the drawing's number."""
    return None if value is None else float(value)


def minis(
    standings: Iterable[Standing], plan: Plan, phases: Sequence[Phase], calendar: DayCalendar
) -> dict[int, Mini]:
    """A small chart of each key result. One query."""
    rows = list(standings)
    axis: TimeAxis = plan_axis(plan, phases)
    values = values_by_key_result([row.key_result.pk for row in rows])
    found = {}
    for row in rows:
        key_result: KeyResult = row.key_result
        line = plan_line(row, plan, calendar, values[key_result.pk])
        bounds = [float(b) for b in (key_result.lower_bound, key_result.upper_bound) if b]
        found[key_result.pk] = layout_mini(line, values[key_result.pk], axis, bounds)
    return found
