"""The task list: one bounded window of rows, read in two queries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from apps.milestones.models import Task, WorkPackage
from apps.milestones.selectors.causes import Cause, read_causes
from apps.milestones.selectors.tree import packages_above, with_branch
from apps.plans.addresses import item_path, why_path
from apps.plans.engine.levels import LATE
from apps.plans.models import ItemKind, ItemState, Plan
from apps.plans.querysets import level_rank
from apps.plans.selectors.outlooks import OutlookMaker

WINDOW = 200
CLOSED = (ItemState.FINISHED.value, ItemState.CANCELLED.value)
SORTS = ("wbs", "due", "level")


class TaskRecord(NamedTuple):
    """One row as the database gives it; the order is that of ``COLUMNS``."""

    pk: int
    key: str
    code: str
    name: str
    state: str
    level: str
    owner_id: int | None
    owner: str | None
    team: str | None
    start_on: dt.date
    finish_on: dt.date
    duration_days: int
    remaining_days: int | None
    percent: int | None
    forecast_a: int | None
    forecast_b: int | None
    silent_on: dt.date | None
    root_id: int | None
    stall_root_id: int | None
    package_id: int | None
    milestone_key: str | None
    milestone_code: str | None
    milestone_name: str | None
    phase_number: int
    phase_name: str


COLUMNS: tuple[Any, ...] = (
    "pk",
    "item__key",
    "item__code",
    "item__name",
    "item__state",
    "item__level",
    "item__owner_id",
    "item__owner__display_name",
    "item__team__name",
    "item__start_on",
    "item__finish_on",
    "item__duration_days",
    "item__remaining_days",
    "item__percent",
    "item__forecast_a",
    "item__forecast_b",
    "item__silent_on",
    "item__root_id",
    "item__stall_root_id",
    "package_id",
    "milestone_key",
    "milestone_code",
    "milestone_name",
    "phase_number",
    "phase_name",
)


class Above(NamedTuple):
    """A phase, milestone or package that tasks hang below."""

    kind: str
    code: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the list shows it; days in the plan's days, percent 0 to 100.

    ``opens``: what it hangs below and the row before it does not, from the phase down.
    """

    code: str
    name: str
    href: str
    why: str
    level: str
    states: tuple[str, ...]
    forecast_on: dt.date | None
    delay_days: int | None
    start_on: dt.date
    finish_on: dt.date
    days_left: int | None
    percent: int | None
    owner: str | None
    team: str | None
    opens: list[Above]
    milestone_name: str | None
    milestone_href: str
    cause: Cause | None


class Totals(NamedTuple):
    """Counts over every row that the filters let through."""

    total: int
    late: int
    silent: int
    finished: int


def plan_tasks(plan: Plan) -> QuerySet[Any]:
    """In the order of the tree, with the milestone and phase at the top of their branch."""
    tasks = Task.objects.filter(item__plan=plan)
    return with_branch(tasks).order_by(*task_order("wbs", "item__"))


def task_order(sort: str, at: str) -> tuple[Any, ...]:
    """How rows are ordered whose items are found at this path; open late ones first by level."""
    by_place, by_day = (f"{at}outline", "pk"), (f"{at}finish_on", f"{at}outline", "pk")
    if sort != "level":
        return by_day if sort == "due" else by_place
    closed = When(**{f"{at}state__in": CLOSED}, then=Value(1))
    closed_last = Case(closed, default=Value(0), output_field=IntegerField())
    return closed_last, level_rank(f"{at}level").desc(), *by_day


def task_totals(tasks: QuerySet[Task], today: dt.date) -> Totals:
    """One query."""
    is_open = Q(item__state=ItemState.OPEN)
    counts = tasks.aggregate(
        total=Count("pk"),
        late=Count("pk", filter=is_open & Q(item__level__in=LATE)),
        silent=Count("pk", filter=is_open & Q(item__silent_on__lte=today)),
        finished=Count("pk", filter=Q(item__state=ItemState.FINISHED)),
    )
    return Totals(**counts)


def task_records(tasks: QuerySet[Task], start: int, stop: int) -> list[TaskRecord]:
    """One window of rows (one query)."""
    return list(map(TaskRecord._make, tasks.values_list(*COLUMNS)[start:stop]))


def task_rows(plan: Plan, records: Iterable[TaskRecord], maker: OutlookMaker) -> list[TaskRow]:
    """Rows for the page; the causes of their delays are read in one query, packages in one."""
    records = list(records)
    packages = read_packages(record.package_id for record in records)
    branches = [above(record, plan.key, packages) for record in records]
    headings = [opened(old, new) for old, new in zip([(), *branches], branches, strict=False)]
    outlooks = [maker.of(record) for record in records]
    pairs = list(zip(records, outlooks, strict=True))
    causes = read_causes(((record.pk, outlook) for record, outlook in pairs), plan.key)
    return [
        TaskRow(
            code=record.code,
            name=record.name,
            href=item_path(plan.key, ItemKind.TASK, record.key),
            why=why_path(plan.key, record.pk),
            level=outlook.shown,
            states=outlook.beside,
            forecast_on=outlook.forecast_on,
            delay_days=outlook.delay_days,
            start_on=record.start_on,
            finish_on=record.finish_on,
            days_left=days_left(record),
            percent=done_percent(record),
            owner=record.owner,
            team=record.team,
            opens=opens,
            milestone_name=record.milestone_name,
            milestone_href=item_path(plan.key, ItemKind.MILESTONE, record.milestone_key or ""),
            cause=causes.get(record.pk),
        )
        for (record, outlook), opens in zip(pairs, headings, strict=True)
    ]


def read_packages(ids: Iterable[int | None]) -> dict[int, WorkPackage]:
    """These packages and all above them, by id (one query, none without ids)."""
    wanted = {pk for pk in ids if pk is not None}
    return {row.pk: row for row in packages_above(wanted)} if wanted else {}


def above(record: Any, plan_key: str, packages: Mapping[int, WorkPackage]) -> tuple[Above, ...]:
    """The headings that a row of ``with_branch`` stands below."""
    found: list[Above] = []
    package = record.package_id
    while package is not None:
        row = packages[package]
        found.append(Above("package", row.code, row.name))
        package = row.parent_id
    if record.milestone_key is not None:
        href = item_path(plan_key, ItemKind.MILESTONE, record.milestone_key)
        name = record.milestone_name or ""
        found.append(Above("milestone", record.milestone_code or "", name, href))
    found.append(Above("phase", str(record.phase_number), record.phase_name))
    return tuple(reversed(found))


def opened(before: Sequence[Above], now: Sequence[Above]) -> list[Above]:
    """The part of a branch that the branch before does not share."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False))
    return list(now[len(list(shared)) :])


def done_percent(record: TaskRecord) -> int | None:
    """As reported, else what the days left say of it; None before any report."""
    if record.percent is not None or record.remaining_days is None:
        return record.percent
    done = record.duration_days - record.remaining_days
    return max(100 * done // record.duration_days, 0)


def days_left(record: TaskRecord) -> int | None:
    """Remaining days as last reported; all of them before any report, none once it is closed."""
    if record.state in CLOSED:
        return None
    return record.duration_days if record.remaining_days is None else record.remaining_days
