"""What somebody is asked to update: key results and tasks owned, stood in for, or led.

A fixed number of queries, however many rows there are.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from apps.cadence.domain.absences import acting_for
from apps.cadence.domain.duties import DutyState
from apps.cadence.domain.schedule import ONE_DAY, Schedule, moment
from apps.cadence.models import Duty
from apps.cadence.selectors.facts import read_absences
from apps.cadence.selectors.owed import KEY_RESULT, LIVE, TASK, Key, schedule_of
from apps.milestones.models import Task, TaskReport
from apps.objectives.models import CheckIn, KeyResult, KeyResultKind, KeyResultTarget
from apps.objectives.selectors.standings import Standing, Window, read_standings
from apps.people.models import User
from apps.plans.models import Item, ItemState, Link, LinkKind, Plan


@dataclass(frozen=True, slots=True)
class Due:
    """When an update is due. ``opens_on``: the first day of the period that runs.

    ``is_done``: something was reported for this period already. ``is_overdue``: its moment passed.
    ``is_paused``: nothing is owed until the item is taken up again.
    """

    opens_on: dt.date
    due_on: dt.date
    due_at: dt.datetime
    is_done: bool
    is_overdue: bool
    is_paused: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether somebody still has to report."""
        return not self.is_done and not self.is_paused


@dataclass(frozen=True, slots=True)
class KeyResultFacts:
    """A key result that is to be updated, with its newest check-in."""

    standing: Standing
    newest: CheckIn | None
    due: Due

    @property
    def key(self) -> Key:
        return KEY_RESULT, self.owned.pk

    @property
    def owned(self) -> KeyResult:
        """What has an owner and a team."""
        return self.standing.key_result

    @property
    def place(self) -> tuple[int, ...]:
        """In the plan's order, key results before tasks."""
        return 0, self.owned.objective.position, self.owned.position, self.owned.pk


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task that is to be updated, with its newest report, and what it waits for to begin."""

    task: Task
    newest: TaskReport | None
    due: Due
    waits_for: Item | None = None

    @property
    def key(self) -> Key:
        return TASK, self.task.pk

    @property
    def owned(self) -> Item:
        """What has an owner and a team."""
        return self.task.item

    @property
    def place(self) -> tuple[int, ...]:
        """In the plan's order, key results before tasks."""
        return 1, self.owned.outline, self.owned.pk, 0


Facts = KeyResultFacts | TaskFacts


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose items: owners for whom somebody acts today, teams that they lead."""

    owners: frozenset[int]
    teams: frozenset[int]

    def of(self, prefix: str = "") -> Q:
        """Items of these owners and teams."""
        owned = Q(**{f"{prefix}owner__in": self.owners})
        return owned | Q(**{f"{prefix}team__in": self.teams})


def read_scope(user: User, teams: Iterable[int], today: dt.date) -> Scope:
    """The person's own items, those of people they act for today, and those of their teams."""
    absences = read_absences(today, today)
    away = (owner for owner in absences if acting_for(owner, today, absences) == user.pk)
    return Scope(frozenset({user.pk, *away}), frozenset(teams))


def read_week(plan: Plan, scope: Scope, window: Window) -> list[Facts]:
    """Every row of the grid, what is due first; done and paused rows last. Seven queries."""
    today = plan.today()
    begun = Q(item__start_on__lte=today) | ~Q(item__started_on=None) | ~Q(item__known_on=None)
    key_results = plan.key_results.filter(scope.of()).order_by("objective__position", "position")
    tasks = Task.objects.filter(begun, scope.of("item__"), item__plan=plan)
    return sorted(read_rows(plan, window, key_results, tasks), key=order)


def read_row(plan: Plan, window: Window, key: Key) -> Facts | None:
    """One row, whoever it belongs to; None when it asks for no updates."""
    kind, pk = key
    key_results = plan.key_results.filter(pk=pk) if kind == KEY_RESULT else KeyResult.objects.none()
    tasks = Task.objects.filter(item__plan=plan, pk=pk) if kind == TASK else Task.objects.none()
    return next(iter(read_rows(plan, window, key_results, tasks)), None)


def read_rows(plan: Plan, window: Window, key_results: Any, tasks: Any) -> list[Facts]:
    """Live key results and tasks out of these, with what is known of them."""
    live = KeyResultTarget.objects.filter(key_result=OuterRef("pk"), item__state__in=LIVE)
    asked = key_results.exclude(kind=KeyResultKind.MILESTONES).filter(
        Exists(live), objective__closed_on=None, objective__archived_at=None
    )
    standings = read_standings(plan, window, asked.select_related("objective"))
    rows = list(tasks.filter(item__state__in=LIVE).select_related("item__owner"))
    pks = [found.key_result.pk for found in standings]
    values = newest_by(CheckIn.objects.filter(key_result__in=pks).newest(), "key_result_id")
    reports = TaskReport.objects.filter(task__in=[row.pk for row in rows])
    last = newest_by(reports.order_by("task_id", *NEWEST).distinct("task_id"), "task_id")
    owed, waiting = open_duties(plan, pks, rows), waited_for(rows)
    found: list[Facts] = []
    for standing in standings:
        pk, newest = standing.key_result.pk, values.get(standing.key_result.pk)
        schedule = schedule_of(plan, standing.key_result)
        owner = standing.key_result.owner
        due = due_of(plan, schedule, owner, newest, owed.get((KEY_RESULT, pk)))
        leading = standing.leading
        is_paused = leading is not None and leading.target.item.state == ItemState.PAUSED
        found.append(KeyResultFacts(standing, newest, replace(due, is_paused=is_paused)))
    for row in rows:
        report = last.get(row.pk)
        due = due_of(plan, schedule_of(plan), row.item.owner, report, owed.get((TASK, row.pk)))
        is_paused = row.item.state == ItemState.PAUSED
        due = replace(due, is_paused=is_paused)
        found.append(TaskFacts(row, report, due, waiting.get(row.pk)))
    return found


NEWEST = ("-for_on", "-entered_at", "-id")


def newest_by(rows: Any, name: str) -> dict[int, Any]:
    """One row each by its item (one query)."""
    return {getattr(row, name): row for row in rows}


def open_duties(plan: Plan, key_results: Sequence[int], tasks: Sequence[Task]) -> dict[Key, Any]:
    """(first due day, first due moment) of what is owed still (one query)."""
    of_rows = Q(key_result__in=key_results) | Q(task__in=[task.pk for task in tasks])
    rows = Duty.objects.filter(of_rows, plan=plan, state=DutyState.OPEN).order_by()
    firsts = rows.values_list("key_result_id", "task_id").annotate(Min("due_on"), Min("due_at"))
    return {
        (TASK, task) if key_result is None else (KEY_RESULT, key_result): (due_on, due_at)
        for key_result, task, due_on, due_at in firsts
    }


def waited_for(tasks: Iterable[Task]) -> dict[int, Item]:
    """The unfinished item that each task waits for to begin; the latest of several (one query)."""
    idle = [task.pk for task in tasks if task.item.started_on is None]
    links = Link.objects.filter(
        successor__in=idle, kind=LinkKind.FS, predecessor__state__in=LIVE
    ).select_related("predecessor")
    return {
        link.successor_id: link.predecessor for link in links.order_by("predecessor__finish_on")
    }


def due_of(
    plan: Plan,
    schedule: Schedule,
    owner: User | None,
    newest: CheckIn | TaskReport | None,
    owed: tuple[dt.date, dt.datetime] | None,
) -> Due:
    """When the next update is due: what is owed still, else by the schedule."""
    now = timezone.now()
    due_on = schedule.next_due(plan.today(now) - ONE_DAY)
    opens_on = schedule.opens_on(due_on)
    zone = ZoneInfo(plan.time_zone if owner is None else owner.time_zone)
    due_at = moment(due_on, schedule.hour, zone)
    is_done = owed is None and newest is not None and newest.for_on >= opens_on
    if owed is not None:
        due_on, due_at = owed
    return Due(opens_on, due_on, due_at, is_done, not is_done and due_at < now)


def order(row: Facts) -> tuple[Any, ...]:
    """What is owed longest first, what is done and what is paused last; then the plan's order."""
    return row.due.is_paused, row.due.is_done, row.due.due_on, *row.place
