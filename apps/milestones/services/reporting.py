"""Days left of a task, in steps: read, compare with what stands, evaluate, store."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from apps.milestones.models import Task, TaskReport
from apps.milestones.services.tasks import PROGRESS_COLUMNS, TaskProgress, progress_apply
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.engine.items import knowledge
from apps.plans.engine.links import LinkKind
from apps.plans.models import Item, ItemState, Plan
from apps.plans.selectors.forecasts import item_facts
from apps.plans.selectors.network import Reach
from apps.plans.services.change import PlanChange
from apps.plans.services.entries import (
    EntryConflictError,
    EvaluatedEntry,
    TypedEntry,
    entry_reach,
)
from apps.plans.services.network import network_recompute

LIVE = (ItemState.OPEN, ItemState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDaysLeft(TypedEntry):
    """What somebody reports at the end of a day; 0 days left finishes the task on that day.

    ``days_left`` None: no change, the finish that was given stays valid, so the days that passed
    are taken off; a task that has not begun has still not begun, with all its days left.
    """

    days_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedReport(EvaluatedEntry[TaskReport]):
    """``slip_days``: how much later the task's own finish lies than what was known before.

    ``waits_for`` is what a task that has not begun waits for.
    """

    task: Task
    slip_days: int
    waits_for: Item | None

    @property
    def is_not_begun(self) -> bool:
        """Whether the report says that the task has not begun."""
        return self.new.percent == 0


def read_task(plan: Plan, pk: int, on: dt.date) -> Task:
    """A task with its newest report and that of a day (one query). Raises PlanRuleError."""
    report = JSONObject(
        id="id",
        for_on="for_on",
        remaining_days="remaining_days",
        percent="percent",
        entered_by_id="entered_by_id",
        entered_at="entered_at",
        note="note",
    )
    reports = TaskReport.objects.filter(task=OuterRef("pk"))
    newest = reports.order_by("-for_on", "-entered_at", "-id").values(json=report)[:1]
    of_day = reports.filter(for_on=on).order_by("-entered_at", "-id").values(json=report)[:1]
    task = (
        Task.objects.filter(pk=pk, item__plan=plan)
        .select_related("item")
        .annotate(newest=Subquery(newest), of_day=Subquery(of_day))
        .first()
    )
    if task is None:
        raise PlanRuleError("task.none", gettext_noop("This task is no longer there."))
    return task


def report_evaluate(*, change: PlanChange, task: Task, typed: TypedDaysLeft) -> EvaluatedReport:
    """What the report leads to. One query, more only where something was due before it.

    Raises PlanRuleError "task.closed", "task.not_begun" or "task.finish_has_come", and
    EntryConflictError where it would be stored and the newest is not the one that was seen.
    """
    reach = entry_reach(change=change, item_ids=[task.pk])
    task.item = item = reach.items[task.pk]
    known_on, remaining = knowledge(item_facts(item, change.plan, change.calendar))
    day = change.calendar.number(typed.for_on)
    left = typed.days_left
    if left is None:
        at_rest = remaining if item.started_on is None else known_on + remaining - day
        left = unchanged_days_left(item, typed.for_on, at_rest)
    newest, standing = (report_of(task.pk, row) for row in (task.newest, task.of_day))  # type: ignore[attr-defined]
    new = report_new(task, typed, left, newest, change.by)
    if standing is not None and is_same(standing, new, typed):
        new = standing
    else:
        check_is_live(item)
        if not change.is_preview:
            refuse_unseen(newest, typed.seen)
        progress_apply(item=item, progress=progress_of(new))
    return EvaluatedReport(
        task=task,
        new=new,
        standing=standing,
        is_repeat=new is standing,
        items=[item],
        columns=PROGRESS_COLUMNS,
        leading=item,
        calendar=change.calendar,
        waits_for=None if item.started_on else waits_for(reach, item.pk),
        slip_days=day + left - known_on - remaining,
        recomputed=network_recompute(
            plan=change.plan, calendar=change.calendar, reach=reach, today=change.on
        ),
    )


def check_is_live(item: Item) -> None:
    """Raises PlanRuleError "task.closed"."""
    if item.state not in LIVE:
        raise PlanRuleError(
            "task.closed",
            gettext_noop("This task is closed (%(state)s); nothing is reported on it."),
            {"state": ItemState(item.state)},
        )


def report_new(
    task: Task, typed: TypedDaysLeft, left: int, newest: TaskReport | None, by: User
) -> TaskReport:
    """The report as it would be saved; one without days typed keeps the owner's own date."""
    return TaskReport(
        task=task,
        for_on=typed.for_on,
        remaining_days=left,
        percent=0 if typed.days_left is None and task.item.started_on is None else None,
        finished_on=typed.for_on if left == 0 else None,
        declared_finish_on=task.item.declared_finish_on if typed.days_left is None else None,
        note=newest.note if typed.is_same_note and newest is not None else typed.note,
        entered_by=by,
        entered_at=timezone.now(),
    )


def unchanged_days_left(item: Item, on: dt.date, left: int) -> int:
    """Days left when nothing has changed: c + r - today, or all while not begun.

    Raises PlanRuleError.
    """
    if item.started_on is None and on < item.start_on:
        raise PlanRuleError(
            "task.not_begun",
            gettext_noop("This task begins later, so there is nothing to confirm yet."),
        )
    if left <= 0:
        raise PlanRuleError(
            "task.finish_has_come",
            gettext_noop(
                "The finish that was given has come. Type the days left, or 0 if it is done."
            ),
        )
    return left


def waits_for(reach: Reach, pk: int) -> Item | None:
    """The unfinished item whose finish a task waits for; the latest, where there are several."""
    ids = [x.predecessor for x in reach.links if x.successor == pk and x.kind is LinkKind.FS]
    open_ones = [reach.items[before] for before in ids if reach.items[before].state in LIVE]
    return max(open_ones, key=lambda before: before.finish_on, default=None)


def report_of(task_id: int, row: dict[str, Any] | None) -> TaskReport | None:
    """A report as the database wrote it into JSON."""
    if row is None:
        return None
    on, at = dt.date.fromisoformat(row["for_on"]), dt.datetime.fromisoformat(row["entered_at"])
    return TaskReport(task_id=task_id, **(row | {"for_on": on, "entered_at": at}))


def is_same(standing: TaskReport, new: TaskReport, typed: TypedDaysLeft) -> bool:
    """Whether a report was sent before: same days and person, and nothing said that is new."""
    if (standing.remaining_days, standing.percent) != (new.remaining_days, new.percent):
        return False
    if typed.days_left is None and not new.note:
        return True
    return (standing.note, standing.entered_by_id) == (new.note, new.entered_by_id)


def refuse_unseen(newest: TaskReport | None, seen: int | None) -> None:
    """Raises EntryConflictError when the newest report is not the one that was seen."""
    if newest is not None and seen is not None and newest.pk != seen:
        raise EntryConflictError(newest)


def progress_of(report: TaskReport) -> TaskProgress:
    """The report in the terms of every other report."""
    return TaskProgress(
        for_on=report.for_on,
        remaining_days=report.remaining_days,
        percent=report.percent,
        declared_finish_on=report.declared_finish_on,
        finished_on=report.finished_on,
        note=report.note,
    )
