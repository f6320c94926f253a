"""Items of a plan, what leads to what, and what is reported of tasks."""

import datetime as dt
from typing import Any

from apps.milestones.models import Milestone, Task
from apps.milestones.services.tasks import TaskProgress, task_create, task_report
from apps.people.models import User
from apps.plans.models import Item, ItemKind, LinkKind, Plan
from apps.plans.services.items import item_create
from apps.plans.services.links import link_create
from tests.build.changes import changing
from tests.build.days import date_of, day


def make_item(
    plan: Plan,
    key: str,
    start: int | dt.date,
    finish: int | dt.date,
    *,
    on: int | dt.date = 1,
    by: User | None = None,
    milestone: Milestone | None = None,
    **values: Any,
) -> Item:
    """An item of the plan from one day to another, created on day ``on``; a task by default."""
    usual = {"kind": ItemKind.TASK, "name": f"Item {key}"}
    item = Item(key=key, start_on=date_of(start), finish_on=date_of(finish), **usual | values)
    with changing(plan, on=on, by=by) as change:
        if item.kind == ItemKind.TASK:
            task_create(change=change, item=item, milestone=milestone)
        else:
            item.is_point = item.kind == ItemKind.MILESTONE
            item_create(change=change, item=item)
    item.refresh_from_db()
    return item


def link(before: Item, after: Item, *, on: int = 1, **values: Any) -> None:
    """``after`` depends on ``before``, which must finish first unless ``kind`` says otherwise."""
    usual = {"kind": LinkKind.FS}
    with changing(before.plan, on=on) as change:
        link_create(change=change, predecessor=before, successor=after, **usual | values)


def report(item: Item, on: int, **progress: Any) -> None:
    """What the owner of a task reports at the end of day ``on`` and enters the day after."""
    with changing(item.plan, on=on + 1) as change:
        task = Task.objects.select_related("item").get(pk=item.pk)
        task_report(change=change, task=task, progress=TaskProgress(for_on=day(on), **progress))
