"""Tasks and what their owners report."""

import datetime as dt
from dataclasses import dataclass

from apps.milestones.models import Task, TaskReport
from apps.milestones.services.tree import Parent, hang
from apps.people.models import User
from apps.plans.engine.forecasts import remaining_from_percent
from apps.plans.models import Item
from apps.plans.services.change import PlanChange
from apps.plans.services.items import FINISHED_COLUMNS, finish_apply, item_create, item_save

PROGRESS_COLUMNS = (*FINISHED_COLUMNS, "declared_finish_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskProgress:
    """What is reported at the end of a day: days left (better) or percent done, or the finish.

    0 percent says "not begun": it moves the knowledge and does not start the task.
    """

    for_on: dt.date
    started_on: dt.date | None = None
    remaining_days: int | None = None
    percent: int | None = None
    declared_finish_on: dt.date | None = None
    finished_on: dt.date | None = None
    note: str = ""
    is_sample: bool = False


def task_create(
    *,
    change: PlanChange,
    item: Item,
    parent: Parent,
    note: str = "",
) -> Task:
    """A new task with its first baseline. ``tree_refresh`` follows once all are there."""
    item_create(change=change, item=item)
    task = Task(item=item, note=note)
    hang(task, parent)
    task.save(force_insert=True)
    return task


def task_report(*, change: PlanChange, task: Task, progress: TaskProgress) -> TaskReport:
    """Record what the owner reported, and move the task's knowledge to it."""
    report = report_create(task=task, progress=progress, by=change.by)
    if progress_apply(item=task.item, progress=progress):
        item_save(task.item)
        change.touch(task.item)
    return report


def report_create(*, task: Task, progress: TaskProgress, by: User) -> TaskReport:
    """The row of the history."""
    return TaskReport.objects.create(
        task=task,
        for_on=progress.for_on,
        entered_by=by,
        percent=progress.percent,
        remaining_days=progress.remaining_days,
        declared_finish_on=progress.declared_finish_on,
        finished_on=progress.finished_on,
        note=progress.note,
        is_sample=progress.is_sample,
    )


def progress_apply(*, item: Item, progress: TaskProgress) -> bool:
    """Put a report into the item (not saved); False when a later day is known already.

    The columns it may change are ``PROGRESS_COLUMNS``. Raises PlanRuleError "item.transition".
    """
    if item.known_on is not None and progress.for_on < item.known_on:
        return False
    if progress.started_on is not None:
        item.started_on = progress.started_on
    elif item.started_on is None and progress.percent != 0:
        item.started_on = begun_on(item, progress.for_on)
    if progress.finished_on is not None:
        finish_apply(item=item, finished_on=progress.finished_on)
        return True
    item.known_on = progress.for_on
    item.remaining_days = remaining(item, progress)
    item.percent = progress.percent
    item.declared_finish_on = progress.declared_finish_on
    return True


def begun_on(item: Item, for_on: dt.date) -> dt.date:
    """The start of a task of whose start nobody speaks: as planned, but after "not begun"."""
    first = item.start_on
    if item.known_on is not None:
        first = max(first, item.known_on + dt.timedelta(days=1))
    return min(first, for_on)


def remaining(item: Item, progress: TaskProgress) -> int | None:
    """Days left as given, else from the percentage, else as they were."""
    if progress.remaining_days is not None:
        return progress.remaining_days
    if progress.percent is not None:
        return remaining_from_percent(item.duration_days, progress.percent)
    return item.remaining_days
