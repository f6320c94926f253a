"""Key results into the delay engine's terms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.plans.engine import key_results as engine
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Plan


def engine_key_result(
    key_result: KeyResult, targets: Sequence[KeyResultTarget], plan: Plan, calendar: DayCalendar
) -> engine.KeyResult:
    """The key result as the engine sees it; ``targets`` by date, each with its item.

    Day tau0 is the end of the day before the plan starts, or the day the baseline was measured.
    """
    kind = engine.KeyResultKind(key_result.kind)
    start_on = key_result.baseline_on or plan.start_on
    start_day = calendar.start_number(start_on) - (0 if key_result.baseline_on else 1)
    return engine.KeyResult(
        kind=kind,
        start_day=start_day,
        baseline=key_result.baseline if kind.is_path else None,
        targets=tuple(engine_target(key_result, target, calendar) for target in targets),
    )


def engine_target(
    key_result: KeyResult, target: KeyResultTarget, calendar: DayCalendar
) -> engine.DatedTarget:
    """One dated target with its bounds; a target met once stays met."""
    item = target.item
    declared = item.declared_finish_on
    return engine.DatedTarget(
        day=calendar.number(target.due_on),
        value=target.value,
        low=key_result.lower_bound,
        high=key_result.upper_bound,
        closed_on=None if item.finished_on is None else calendar.number(item.finished_on),
        declared_finish=None if declared is None else calendar.number(declared),
    )


def check_ins_by_key_result(
    key_results: Iterable[KeyResult], calendar: DayCalendar
) -> dict[int, list[engine.CheckIn]]:
    """The value in force of each date of each key result, by date (one query)."""
    found: dict[int, list[engine.CheckIn]] = defaultdict(list)
    rows = CheckIn.objects.filter(key_result__in=key_results).in_force()
    for key_result_id, for_on, value in rows.values_list("key_result_id", "for_on", "value"):
        found[key_result_id].append(engine.CheckIn(calendar.number(for_on), value))
    return found
