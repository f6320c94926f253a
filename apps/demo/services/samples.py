"""Plays sample progress into a plan that was just loaded, week by week, as it would have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from apps.core.languages import Language
from apps.demo.domain.events import (
    Event,
    MilestoneReached,
    RiskRated,
    TaskPaused,
    TaskReplanned,
    TaskReported,
    ValueReported,
)
from apps.demo.domain.progress import sample_events
from apps.milestones.models import AcceptanceCriterion, Milestone, Task
from apps.milestones.services.acceptance import milestone_finish
from apps.milestones.services.tasks import TaskProgress, task_report
from apps.objectives.services import NewCheckIn, check_ins_add
from apps.people.models import User
from apps.planfile.domain.model import PlanFile
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services import PlanChange, plan_change, plan_settle
from apps.plans.services.items import item_pause, item_rebaseline
from apps.risks.models import Risk

REASON = {Language.EN.value: "Sample progress", Language.ZH_HANS.value: "示例进度"}


def sample_progress_add(*, plan: Plan, plan_file: PlanFile, by: User, today: dt.date) -> int:
    """Replay everything that the sample says happened before ``today``; returns the days replayed.

    Each day is a change of its own on the next morning, so the record of levels is what it would
    have been. The caller holds the transaction.
    """
    events = sample_events(plan_file, plan_calendar(plan), today)
    count = 0
    for on, happened in groupby(events, key=lambda event: event.on):
        morning = on + dt.timedelta(days=1)
        reason = REASON[plan_file.language]
        with plan_change(plan=plan, by=by, reason=reason, on=morning) as change:
            play(change, list(happened))
        count += 1
    plan_settle(plan=plan, today=today)
    return count


def play(change: PlanChange, events: Sequence[Event]) -> None:
    """One day's events."""
    keys = {event.key for event in events if isinstance(event, TaskReported | TaskPaused)}
    found = Task.objects.filter(item__plan=change.plan, item__key__in=keys).select_related("item")
    tasks = {task.item.key: task for task in found}
    for event in events:
        if isinstance(event, TaskReported | TaskReplanned | TaskPaused):
            play_task(change, tasks[event.key], event)
        elif isinstance(event, MilestoneReached):
            play_milestone(change, event)
        elif isinstance(event, RiskRated):
            Risk.objects.filter(plan=change.plan, key=event.key).update(
                probability=event.probability, impact=event.impact, is_sample=True
            )
    play_values(change, [event for event in events if isinstance(event, ValueReported)])


def play_task(
    change: PlanChange, task: Task, event: TaskReported | TaskReplanned | TaskPaused
) -> None:
    """A report, a new baseline or a pause."""
    if isinstance(event, TaskPaused):
        item_pause(change=change, item=task.item)
    elif isinstance(event, TaskReplanned):
        item_rebaseline(
            change=change,
            item=task.item,
            start_on=event.start,
            finish_on=event.finish,
            is_sample=True,
        )
    else:
        progress = TaskProgress(
            for_on=event.on,
            started_on=event.started_on,
            remaining_days=event.remaining,
            declared_finish_on=event.declared_finish_on,
            finished_on=event.finished_on,
            note=event.note,
            is_sample=True,
        )
        task_report(change=change, task=task, progress=progress)


def play_milestone(change: PlanChange, event: MilestoneReached) -> None:
    """All criteria met, then the milestone itself."""
    milestone = Milestone.objects.select_related("item").get(
        item__plan=change.plan, item__key=event.key
    )
    AcceptanceCriterion.objects.filter(milestone=milestone).update(
        met_on=event.on, met_by=change.by
    )
    milestone_finish(change=change, milestone=milestone, on=event.on, is_sample=True)


def play_values(change: PlanChange, events: Sequence[ValueReported]) -> None:
    """The check-ins of one day, together."""
    if not events:
        return
    rows = {row.key: row for row in change.plan.key_results.all()}
    check_ins_add(
        change=change,
        check_ins=[
            NewCheckIn(
                key_result=rows[event.key],
                for_on=event.on,
                value=event.value,
                confidence=event.confidence,
                note=event.note,
                is_sample=True,
            )
            for event in events
        ],
    )
