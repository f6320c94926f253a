"""Sample reports of tasks and milestones: what their owners said, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.demo.domain.courses import Course, courses
from apps.demo.domain.events import (
    Event,
    MilestoneReached,
    TaskPaused,
    TaskReplanned,
    TaskReported,
)
from apps.demo.domain.stories import NOTES, TASKS, TaskStory
from apps.planfile.domain.model import PlanFile, Task
from apps.plans.engine.calendars import DayCalendar


@dataclass(frozen=True, slots=True)
class Weeks:
    """The days on which reports are made, in order, all before ``today``."""

    days: Sequence[date]
    today: date
    calendar: DayCalendar
    language: str


def work_events(plan: PlanFile, weeks: Weeks) -> Iterator[Event]:
    """Reports of all tasks, and the milestones that were accepted before today."""
    found = courses(plan, weeks.days, weeks.today)
    for task in plan.tasks:
        yield from _task_events(task, found[task.key], weeks)
    for milestone in plan.milestones:
        on = found[milestone.key].finish
        if on < weeks.today:
            yield MilestoneReached(on=on, key=milestone.key)


def _task_events(task: Task, course: Course, weeks: Weeks) -> Iterator[Event]:
    story = TASKS.get(task.key, TaskStory())
    until = weeks.today - timedelta(weeks=story.silent_weeks + story.paused_weeks)
    heard = [day for day in weeks.days if course.start <= day < min(course.finish, until)]
    replanned = heard[len(heard) // 2] if story.replanned_late and heard else None
    for on in heard:
        yield _report(task, course, on, story, weeks)
        if on == replanned:
            yield TaskReplanned(on=on, key=task.key, start=task.start, finish=course.finish)
    if course.finish < until:
        yield TaskReported(
            on=course.finish, key=task.key, started_on=course.start, finished_on=course.finish
        )
    elif story.paused_weeks and heard:
        yield TaskPaused(on=heard[-1], key=task.key)


def _report(task: Task, course: Course, on: date, story: TaskStory, weeks: Weeks) -> TaskReported:
    """Days left as the owner sees them: the truth comes out as the work goes on."""
    expected = _expected(task, course, on)
    number = weeks.calendar.number
    declared = None
    if story.declared_late and _share(course, on) * 3 > 1:
        declared = task.finish + timedelta(days=story.declared_late)
    note = "declared" if declared else "late" if expected > task.finish else ""
    return TaskReported(
        on=on,
        key=task.key,
        started_on=course.start,
        remaining=max(number(expected) - number(on), 1),
        declared_finish_on=declared,
        note=NOTES[weeks.language][note] if note else "",
    )


def _share(course: Course, on: date) -> float:
    """How much of the real duration is over on a day, 0 to 1."""
    return (on - course.start).days / max((course.finish - course.start).days, 1)


def _expected(task: Task, course: Course, on: date) -> date:
    """The finish that the owner expects on a day: the plan first, the real one in the end."""
    late = (course.finish - task.finish).days
    if late <= 0:
        return max(course.finish, on)
    share = _share(course, on)
    told = 0 if share < 0.3 else round(late * min((share - 0.3) / 0.5, 1))
    return max(task.finish + timedelta(days=told), on)
