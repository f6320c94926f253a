"""Days lie inside the plan and its phases, and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from apps.planfile.domain.calendar import PlanMonths
from apps.planfile.domain.checks.keys import key_results
from apps.planfile.domain.checks.places import branch_milestones
from apps.planfile.domain.problems import Code, Place, Problem
from apps.planfile.domain.reading import Entry
from apps.planfile.domain.words import CalendarDays


def check_dates(root: Entry, months: PlanMonths) -> Iterator[Problem]:
    """Phases, milestones, tasks, targets and calendar against the plan's own days."""
    head = root.child("plan")
    length = head.get("months") if head else None
    if length is not None:
        yield from _outside(root, months.start, months.last(length))
    yield from _phase_order(root)
    yield from _milestones(root)
    yield from _tasks(root)
    calendar = head.child("calendar") if head else None
    if calendar is not None:
        yield from _calendar(calendar)


def _outside(root: Entry, start: date, finish: date) -> Iterator[Problem]:
    for entry, field in _dated(root):
        day = entry.get(field)
        if day is not None and not start <= day <= finish:
            yield outside(entry.at(field), Code.OUTSIDE_PLAN, day, start, finish)


def outside(place: Place, code: Code, day: date, start: date, finish: date) -> Problem:
    """The problem of a day outside a stretch of days."""
    return Problem.at(place, code, value=place.raw, day=day, start=start, finish=finish)


def _dated(root: Entry) -> Iterator[tuple[Entry, str]]:
    """Every day that must lie inside the plan."""
    for phase in root.children("phases"):
        yield from ((phase, "from"), (phase, "to"))
    for milestone in root.children("milestones"):
        yield from ((milestone, "due"), (milestone, "from"))
    for task in root.children("tasks"):
        yield from ((task, "start"), (task, "finish"))
    for key_result in key_results(root):
        for target in key_result.children("targets"):
            yield target, "due"
    for risk in root.children("risks"):
        for response in risk.children("responses"):
            yield response, "due"


def _phase_order(root: Entry) -> Iterator[Problem]:
    last: Entry | None = None
    for phase in root.children("phases"):
        first, to = phase.get("from"), phase.get("to")
        if first is None or to is None:
            continue
        if to < first:
            yield Problem.at(phase.at("to"), Code.PHASE_BACKWARDS, start=first, finish=to)
            continue
        if last is not None and first <= last.get("to"):
            number, other = phase.get("number") or "", last.get("number") or ""
            yield Problem.at(phase.at("from"), Code.PHASES_OVERLAP, number=number, other=other)
        last = phase


def _milestones(root: Entry) -> Iterator[Problem]:
    stretches = {
        phase.get("number"): (phase.get("from"), phase.get("to"))
        for phase in reversed(root.children("phases"))
    }
    for milestone in root.children("milestones"):
        due, first = milestone.get("due"), milestone.get("from")
        if due is None:
            continue
        start, finish = stretches.get(milestone.get("phase"), (None, None))
        if start and finish and start <= finish and not start <= due <= finish:
            yield outside(milestone.at("due"), Code.OUTSIDE_PHASE, due, start, finish)
        if first is not None and first > due:
            place = milestone.at("from")
            yield Problem.at(place, Code.FINISH_BEFORE_START, start=first, finish=due)


def _tasks(root: Entry) -> Iterator[Problem]:
    due = {milestone.get("key"): milestone.get("due") for milestone in root.children("milestones")}
    above = branch_milestones(root)
    for task in root.children("tasks"):
        start, finish = task.get("start"), task.get("finish")
        if start and finish and finish < start:
            yield Problem.at(
                task.at("finish"), Code.FINISH_BEFORE_START, start=start, finish=finish
            )
        key = above.get(task.get("key"))
        until = due.get(key)
        if finish and until and finish > until:
            place = task.at("finish")
            yield Problem.at(place, Code.TASK_AFTER_MILESTONE, finish=finish, key=key, due=until)


def _calendar(calendar: Entry) -> Iterator[Problem]:
    if calendar.get("days") is CalendarDays.ALL:
        for field in ("holidays", "make_up_days"):
            for item in calendar.items(field)[:1]:
                yield Problem.at(item.place, Code.CALENDAR_ALL_DAYS, field=field)
        return
    seen: set[date] = set()
    for field, code, weekend in (
        ("holidays", Code.HOLIDAY_NOT_WEEKDAY, False),
        ("make_up_days", Code.MAKE_UP_NOT_WEEKEND, True),
    ):
        for item in calendar.items(field):
            if (item.value.isoweekday() > 5) is not weekend:
                yield Problem.at(item.place, code, day=item.value)
            elif item.value in seen:
                yield Problem.at(item.place, Code.LISTED_TWICE, key=item.value)
            seen.add(item.value)
