"""What really happens in the sample: when each task and milestone starts and ends."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from apps.demo.domain.stories import MILESTONES, TASKS, TaskStory
from apps.planfile.domain.model import Link, Milestone, PlanFile, Task
from apps.plans.engine.links import LinkKind

DAY = timedelta(days=1)


def noise(text: str, count: int) -> int:
    """A number from 0 to count - 1 that is always the same for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % count


@dataclass(frozen=True, slots=True)
class Course:
    """When something really started, and ended or will end."""

    start: date
    finish: date


def courses(plan: PlanFile, report_days: Sequence[date], today: date) -> dict[str, Course]:
    """Tasks and milestones by key, each after what it waits for.

    What ends by ``today`` ends on a report day where one fits, so that it is told at once.
    """
    things: dict[str, Task | Milestone] = {task.key: task for task in plan.tasks}
    things |= {milestone.key: milestone for milestone in plan.milestones}
    links: dict[str, list[Link]] = defaultdict(list)
    for link in plan.links:
        links[link.to].append(link)
    order = TopologicalSorter({key: [link.from_ for link in links[key]] for key in things})
    found: dict[str, Course] = {}
    for key in order.static_order():
        thing = things[key]
        if isinstance(thing, Task):
            course = _task_course(thing, links[key], found, today)
            found[key] = _snapped(course, thing.finish, report_days)
        else:
            found[key] = _milestone_course(thing, links[key], found, report_days)
    return found


def _task_course(task: Task, links: list[Link], found: dict[str, Course], today: date) -> Course:
    """Ends a little early, unless its story says otherwise; a late start is caught up in part."""
    story = TASKS.get(task.key, TaskStory())
    start, least = task.start, task.start
    for link in links:
        course, lag = found[link.from_], timedelta(days=link.lag)
        if link.kind is LinkKind.FS:
            start = max(start, course.finish + lag + DAY)
        elif link.kind is LinkKind.SS:
            start = max(start, course.start + lag)
        else:
            end = course.finish if link.kind is LinkKind.FF else course.start
            least = max(least, end + lag)
    if story.open_for is not None and start <= today:
        return Course(start, today + timedelta(days=story.open_for))
    length = (task.finish - task.start).days
    early = length // 20 + noise(task.key, 1 + length // 20)
    finish = max(task.finish - timedelta(days=early), start + timedelta(days=length * 3 // 5))
    late = story.late + story.replanned_late
    if late:
        finish = max(finish, task.finish + timedelta(days=late))
    return Course(start, max(finish, least))


def _milestone_course(
    milestone: Milestone, links: list[Link], found: dict[str, Course], report_days: Sequence[date]
) -> Course:
    """Accepted on the last report day by its due day, later when it or what feeds it is late."""
    ends = [found[link.from_].finish for link in links]
    late = MILESTONES.get(milestone.key, 0)
    ready = max([*ends, milestone.due + timedelta(days=late - 6 if late else -6)])
    on = next((day for day in report_days if day >= ready), ready)
    on = min(on, max(milestone.due, ready)) if not late else on
    return Course(on, on)


def _snapped(course: Course, planned: date, report_days: Sequence[date]) -> Course:
    """Moved to a report day: back while it is on time, forward when it is late anyway."""
    if course.finish <= planned:
        fitting = [day for day in report_days if course.start <= day <= course.finish]
        return Course(course.start, fitting[-1] if fitting else course.finish)
    later = next((day for day in report_days if day >= course.finish), course.finish)
    return Course(course.start, later)
