"""What the check-ins of a key result say about each of its dated targets."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.objectives.selectors.trajectories import check_ins_by_key_result, engine_key_result
from apps.plans.engine.key_results import CheckIn as EngineCheckIn
from apps.plans.engine.targets import TargetMode, TargetState, next_unmet, target_states
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange
from apps.plans.services.forecasts import items_store

STORED = (
    "start_on",
    "duration_days",
    "first_duration_days",
    "is_point",
    "is_projection",
    "state",
    "paused_on",
    "started_on",
    "finished_on",
    "known_on",
    "remaining_days",
    "last_report",
    "own_a",
    "own_b",
    "silent_on",
)


def key_results_refresh(*, change: PlanChange, key_results: Collection[KeyResult]) -> None:
    """Judge every dated target of these key results anew, within a change of their plan.

    Four statements however many key results there are.
    """
    targets = targets_by_key_result(key_results)
    check_ins = check_ins_by_key_result(key_results, change.calendar)
    latest = CheckIn.objects.filter(key_result__in=key_results).newest()
    latest_by_key_result = {row.key_result_id: row for row in latest}
    items: list[Item] = []
    for key_result in key_results:
        items += key_result_judge(
            change=change,
            key_result=key_result,
            targets=targets[key_result.pk],
            check_ins=check_ins[key_result.pk],
            latest=latest_by_key_result.get(key_result.pk),
        )
    items_store(items, STORED)
    change.touch(*items)


def key_result_judge(
    *,
    change: PlanChange,
    key_result: KeyResult,
    targets: Sequence[KeyResultTarget],
    check_ins: Sequence[EngineCheckIn],
    latest: CheckIn | None,
) -> list[Item]:
    """Put what these check-ins say into the items of all its live targets (``STORED``, not saved).

    So a preview shows what a save would do: both ask this.
    """
    if not targets:
        return []
    paused = any(target.item.state == ItemState.PAUSED for target in targets)
    resumed = [t.item.resumed_on for t in targets if t.item.resumed_on is not None]
    resumed_on = max(resumed, default=None)
    states = target_states(
        engine_key_result(key_result, targets, change.plan, change.calendar),
        check_ins,
        grace=change.plan.grace_days,
        is_paused=paused,
        resumed_on=None if resumed_on is None else change.calendar.number(resumed_on),
    )
    alerting = next_unmet(states)
    for target, state in zip(targets, states, strict=True):
        target_apply(change, target, state, latest)
        target.item.is_projection = alerting is not None and state.index > alerting.index
    return [target.item for target in targets]


def targets_by_key_result(
    key_results: Iterable[KeyResult],
) -> dict[int, list[KeyResultTarget]]:
    """Targets by date with their items, for each key result (one query)."""
    found: dict[int, list[KeyResultTarget]] = defaultdict(list)
    rows = KeyResultTarget.objects.filter(key_result__in=key_results).exclude(
        item__state=ItemState.CANCELLED
    )
    for target in rows.select_related("item").order_by("due_on"):
        found[target.key_result_id].append(target)
    return found


def target_apply(
    change: PlanChange, target: KeyResultTarget, state: TargetState, latest: CheckIn | None
) -> None:
    """Put what the engine found into the target's item (not saved)."""
    item, calendar = target.item, change.calendar
    is_first_baseline = item.baseline_version == 1
    item.start_on = min(calendar.date(state.planned_start), item.finish_on)
    item.duration_days = state.duration
    if is_first_baseline:
        item.first_duration_days = state.duration
    item.is_point = state.mode is not TargetMode.CLIMB
    item.started_on = min(calendar.date(state.network_start), item.finish_on)
    item.own_a = None if state.forecast is None else state.forecast.a
    item.own_b = None if state.forecast is None else state.forecast.b
    item.remaining_days = state.remaining
    item.known_on = None if latest is None else latest.for_on
    item.silent_on = None if state.silent_on is None else calendar.date(state.silent_on)
    item.last_report = {
        "value": None if latest is None else plain(latest.value),
        "target": None if target.value is None else plain(target.value),
        "mode": state.mode.value,
    }
    if state.closed_on is not None:
        item.state, item.paused_on = ItemState.FINISHED, None
        item.finished_on = calendar.date(state.closed_on)
        item.started_on = min(item.started_on, item.finished_on)


def plain(value: object) -> str:
    """A decimal without trailing zeros, as text."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
