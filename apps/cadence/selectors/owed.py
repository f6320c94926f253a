"""Which items owe updates, by what schedule, and since when somebody owes them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Lag, RowNumber

from apps.cadence.domain.schedule import Schedule
from apps.milestones.models import TaskReport
from apps.objectives.models import CheckIn, KeyResult, KeyResultKind
from apps.plans.domain import Cadence
from apps.plans.engine.calendars import WorkingCalendar
from apps.plans.models import Item, ItemState, Plan

Key = tuple[str, int]
KEY_RESULT, TASK = "key_result", "task"
# the recorded history of both tables
KEY_RESULT_EVENT, ITEM_EVENT = "objectives.KeyResultEvent", "plans.ItemEvent"
LIVE = (ItemState.OPEN, ItemState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A key result or task whose updates are asked for. ``begins_on``: nothing is due until then.

    ``has_sample``: its history is a sample, so it owes updates from its begin, not from the day
    it was written down.
    """

    key: Key
    owner_id: int | None
    zone: str
    schedule: Schedule
    begins_on: dt.date
    paused_on: dt.date | None
    resumed_on: dt.date | None
    has_sample: bool


def read_owed(plan: Plan) -> list[Owed]:
    """Everything of the plan that owes updates: two queries."""
    return [*_owed_key_results(plan), *_owed_tasks(plan)]


def key_results_alive(plan: Plan | None = None) -> QuerySet[Any]:
    """Key results whose values people type, with ``live`` (targets not met yet) and pauses."""
    of_plan = Q() if plan is None else Q(plan=plan)
    paused = Q(targets__item__state=ItemState.PAUSED)
    return (
        KeyResult.objects.filter(of_plan, objective__archived_at=None, objective__closed_on=None)
        .exclude(kind=KeyResultKind.MILESTONES)
        .annotate(
            live=Count("targets", filter=Q(targets__item__state__in=LIVE)),
            paused_on=Min("targets__item__paused_on", filter=paused),
            resumed_on=Max("targets__item__resumed_on"),
        )
        .filter(live__gt=0)
        .order_by("pk")
    )


def _owed_key_results(plan: Plan) -> Iterable[Owed]:
    sample = CheckIn.objects.filter(key_result=OuterRef("pk"), is_sample=True)
    rows = key_results_alive(plan).annotate(
        has_sample=Exists(sample), zone=Coalesce("owner__time_zone", "plan__time_zone")
    )
    for row in rows:
        yield Owed(
            key=(KEY_RESULT, row.pk),
            owner_id=row.owner_id,
            zone=row.zone,
            schedule=schedule_of(plan, row),
            begins_on=plan.start_on,
            paused_on=row.paused_on,
            resumed_on=row.resumed_on,
            has_sample=row.has_sample,
        )


def _owed_tasks(plan: Plan) -> Iterable[Owed]:
    sample = TaskReport.objects.filter(task=OuterRef("task"), is_sample=True)
    rows = Item.objects.filter(plan=plan, task__isnull=False, state__in=LIVE).annotate(
        has_sample=Exists(sample), zone=Coalesce("owner__time_zone", "plan__time_zone")
    )
    schedule = schedule_of(plan)
    for row in rows.order_by("pk"):
        yield Owed(
            key=(TASK, row.pk),
            owner_id=row.owner_id,
            zone=row.zone,
            schedule=schedule,
            begins_on=max(plan.start_on, min(row.start_on, row.started_on or row.start_on)),
            paused_on=row.paused_on,
            resumed_on=row.resumed_on,
            has_sample=row.has_sample,
        )


def schedule_of(plan: Plan, key_result: KeyResult | None = None) -> Schedule:
    """The plan's schedule, with what the key result has of its own."""
    own_cadence = key_result.cadence if key_result else ""
    own_weekday = key_result.check_in_weekday if key_result else None
    own_hour = key_result.check_in_hour if key_result else None
    return Schedule(
        cadence=Cadence(own_cadence or plan.cadence),
        weekday=plan.check_in_weekday if own_weekday is None else own_weekday,
        hour=plan.check_in_hour if own_hour is None else own_hour,
        start_on=plan.start_on,
    )


def working_days(plan: Plan) -> WorkingCalendar:
    """Monday to Friday, with the plan's holidays and worked weekends (one query)."""
    return WorkingCalendar(exceptions=dict(plan.calendar_days.values_list("day_on", "is_working")))


def owners_since(plan: Plan, items: Iterable[Owed]) -> dict[Key, dt.date]:
    """The plan's day on which each item got the owner it has, or was created (two queries).

    Read from the recorded history, so that it is right however late anybody asks.
    """
    asked = [item for item in items if not item.has_sample]
    ids = {
        kind: [item.key[1] for item in asked if item.key[0] == kind] for kind in (KEY_RESULT, TASK)
    }
    found = {(KEY_RESULT, pk): day for pk, day in _since(plan, KEY_RESULT_EVENT, ids[KEY_RESULT])}
    found |= {(TASK, pk): day for pk, day in _since(plan, ITEM_EVENT, ids[TASK])}
    return {item.key: found.get(item.key, plan.start_on) for item in items}


def _since(plan: Plan, label: str, ids: list[int]) -> Iterable[tuple[int, dt.date]]:
    """(id, day of the last event that changed the owner or created the row)."""
    if not ids:
        return
    zone = ZoneInfo(plan.time_zone)
    # Made by the tracking of the models, so there is no class to import.
    events: QuerySet[Any] = apps.get_model(label)._default_manager.filter(pgh_obj_id__in=ids)
    each, order = F("pgh_obj_id"), F("pgh_id").asc()
    changes = (
        events.annotate(
            before=Window(Lag("owner_id"), partition_by=each, order_by=order),
            number=Window(RowNumber(), partition_by=each, order_by=order),
        )
        .filter(
            Q(number=1)
            | ~Q(before=F("owner_id"))
            # nobody before, or nobody since: a comparison with NULL is neither true nor false
            | Q(before=None, owner_id__isnull=False)
            | Q(before__isnull=False, owner_id=None)
        )
        .order_by("pgh_id")
    )
    for pk, moment in changes.values_list("pgh_obj_id", "pgh_created_at"):
        yield pk, moment.astimezone(zone).date()
