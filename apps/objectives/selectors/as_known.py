"""A key result as it was known at the end of a day: only what had been entered by then.

Values, targets and the forecast are worked out anew from the history. Links to other items are left
out: the level is the one that the key result's own values gave.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from apps.approvals.domain.decisions import Decision
from apps.approvals.models import ChangeRequest
from apps.objectives.charts.history import Value
from apps.objectives.domain.revisions import Asked, Revision, asked_at
from apps.objectives.domain.target_changes import TARGET_CHANGE, TargetChange
from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.objectives.selectors.readings import due_milestones
from apps.objectives.selectors.standings import Standing, Window, standing
from apps.objectives.selectors.trajectories import engine_key_result
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.key_results import CheckIn as EngineCheckIn
from apps.plans.engine.targets import TargetState, next_unmet, target_states
from apps.plans.engine.timeline import level_on
from apps.plans.models import Item, ItemState, Plan
from apps.plans.selectors.outlooks import OutlookMaker

FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known. ``rows``: values in force by date. ``moment``: the end of that day."""

    standing: Standing
    rows: list[CheckIn]
    window: Window
    moment: dt.datetime

    @property
    def values(self) -> list[Value]:
        """As charts take them."""
        return [Value(row.for_on, float(row.value), row.confidence) for row in self.rows]


def end_of(plan: Plan, on: dt.date) -> dt.datetime:
    """The first moment after a day of the plan."""
    return dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), ZoneInfo(plan.time_zone))


def read_as_known(key_result: KeyResult, plan: Plan, calendar: DayCalendar, on: dt.date) -> Known:
    """Read it: four queries. A share of milestones is compared with their dates as they are now."""
    moment = end_of(plan, on)
    known = CheckIn.objects.filter(key_result=key_result, entered_at__lt=moment)
    rows = list(known.in_force())
    targets = targets_at(key_result, moment)
    judge(key_result, targets, rows, plan=plan, calendar=calendar, on=on)
    window = Window(OutlookMaker(plan, calendar, on), calendar)
    key_result.newest = reading(rows[-1:])  # type: ignore[attr-defined]
    key_result.first = reading(rows[:1])  # type: ignore[attr-defined]
    asked = KeyResult.objects.filter(pk=key_result.pk)
    key_result.due_milestones = asked.values_list(due_milestones(), flat=True)[0]  # type: ignore[attr-defined]
    return Known(standing(key_result, targets, plan, window), rows, window, moment)


def reading(rows: Sequence[CheckIn]) -> dict[str, object] | None:
    """A row as the standings read it."""
    for row in rows:
        return {
            "value": str(row.value),
            "on": row.for_on.isoformat(),
            "confidence": row.confidence,
            "is_sample": row.is_sample,
        }
    return None


def targets_at(key_result: KeyResult, moment: dt.datetime) -> list[KeyResultTarget]:
    """The targets by date as they were asked for then; never to be saved."""
    revisions: dict[int | None, list[Revision]] = defaultdict(list)
    added: dict[int | None, dt.datetime] = {}
    dropped: dict[int | None, dt.datetime] = {}
    for request in ChangeRequest.objects.filter(
        kind=TARGET_CHANGE, subject__key_result=key_result, decision=Decision.APPROVED
    ):
        assert request.decided_at is not None  # noqa: S101 - a constraint of the table
        change = TargetChange.from_json(request.payload)
        if change.old is None:
            added[change.target_id] = request.decided_at
        elif change.new is None:
            dropped[change.target_id] = request.decided_at
        else:
            before = Asked(change.old.value, change.old.due_on)
            revisions[change.target_id].append(Revision(before, request.decided_at))
    targets = []
    for target in key_result.targets.select_related("item"):
        if added.get(target.pk, moment) > moment or dropped.get(target.pk, FAR) <= moment:
            continue
        asked = asked_at(Asked(target.value, target.due_on), revisions[target.pk], moment)
        target.value, target.due_on = asked
        target.item.finish_on = asked.due_on
        targets.append(target)
    return sorted(targets, key=lambda target: target.due_on)


def judge(
    key_result: KeyResult,
    targets: Sequence[KeyResultTarget],
    rows: Sequence[CheckIn],
    *,
    plan: Plan,
    calendar: DayCalendar,
    on: dt.date,
) -> None:
    """Put forecast and level of that day into the targets' items (not saved)."""
    if not targets:
        return
    for target in targets:
        target.item.finished_on = target.item.declared_finish_on = None
    states = target_states(
        engine_key_result(key_result, targets, plan, calendar),
        [EngineCheckIn(calendar.number(row.for_on), row.value) for row in rows],
        grace=plan.grace_days,
    )
    alerting = next_unmet(states)
    for target, state in zip(targets, states, strict=True):
        item_at(target.item, state, plan, calendar, on)
        target.item.is_projection = alerting is not None and state.index > alerting.index


def item_at(item: Item, state: TargetState, plan: Plan, calendar: DayCalendar, on: dt.date) -> None:
    """One target's item on that day (not saved)."""
    forecast, minimum = state.forecast, plan.minimum_reference_days
    item.duration_days, item.level = state.duration, ""
    item.forecast_a = item.forecast_b = item.root_id = item.stall_root_id = None
    item.silent_on = None if state.silent_on is None else calendar.date(state.silent_on)
    item.state = ItemState.OPEN
    if forecast is not None:
        item.forecast_a, item.forecast_b = forecast.a, forecast.b
        day, finish = calendar.today_number(on), calendar.number(item.finish_on)
        item.level = level_on(forecast, finish, state.duration, day, minimum).value
    if state.closed_on is not None:
        item.state, item.finished_on = ItemState.FINISHED, calendar.date(state.closed_on)
