"""Sample progress shows everything there is to see, in believable proportions."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from apps.demo.domain.events import (
    MilestoneReached,
    RiskRated,
    TaskReplanned,
    TaskReported,
    ValueReported,
)
from apps.demo.domain.progress import report_days, sample_events
from apps.planfile.domain.calendar import add_months
from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.model import PlanFile
from apps.plans.engine.calendars import CalendarDays, WorkingCalendar
from apps.plans.engine.levels import Level
from tests.unit.demo.outcome import Outcome, outcome
from tests.unit.planfile.files import SHIPPED, SMALL, changed, read

TODAYS = [date(2026, 11, 1) + timedelta(days=days) for days in (0, 5, 12, 20, 29)]


@cache
def judged(today: date) -> tuple[PlanFile, Outcome]:
    plan = shipped(today)
    return plan, outcome(plan, sample_events(plan, CalendarDays(), today), today)


def shipped(today: date) -> PlanFile:
    start = add_months(today.replace(day=1), -15)
    return read_plan_file(SHIPPED.read_bytes(), start=start, language="en")


@pytest.mark.parametrize("today", TODAYS)
def test_every_level_and_state_is_there_and_most_things_are_fine(today: date) -> None:
    plan, found = judged(today)
    tasks = {task.key for task in plan.tasks}
    results = {kr.key for kr in plan.key_results}
    open_tasks = {key for key in tasks if found.states[key] != "finished"}
    for keys in (open_tasks, results):
        levels = Counter(found.levels[key] for key in keys if key in found.levels)
        assert set(levels) == set(Level)
        assert levels[Level.ON_PLAN] / levels.total() > 0.6
        assert 0 < levels[Level.RED] / levels.total() < 0.15
    states = Counter(found.states.values())
    assert set(states) == {"open", "finished", "silent", "paused", "no_baseline"}
    assert states["no_baseline"] == 4
    assert 4 <= states["silent"] <= 8


@pytest.mark.parametrize("today", TODAYS)
def test_a_late_task_moves_a_milestone_and_is_named_as_its_root(today: date) -> None:
    plan, found = judged(today)
    late = [m.key for m in plan.milestones if found.states[m.key] == "open"]
    roots = {found.roots[key] for key in late if found.levels[key] is not Level.ON_PLAN}
    assert "upgrade-lines" in roots
    assert found.levels["upgrade-lines"] in {Level.ORANGE, Level.RED}


@pytest.mark.parametrize("today", TODAYS)
def test_what_is_over_ended_early_on_time_and_late(today: date) -> None:
    plan = shipped(today)
    events = sample_events(plan, CalendarDays(), today)
    ended = {e.key: e.finished_on for e in events if isinstance(e, TaskReported) and e.finished_on}
    late = [task.key for task in plan.tasks if task.key in ended and ended[task.key] > task.finish]
    early = [task.key for task in plan.tasks if task.key in ended and ended[task.key] < task.finish]
    assert 60 <= len(ended) <= 75
    assert 0.1 <= len(late) / len(ended) <= 0.25
    assert len(early) > len(ended) / 2
    reached = {e.key: e.on for e in events if isinstance(e, MilestoneReached)}
    assert list(reached) == ["m03", "m06", "m09", "m12", "m15"]


def test_declared_finishes_and_new_baselines_are_among_it() -> None:
    today = date(2026, 11, 22)
    events = sample_events(shipped(today), CalendarDays(), today)
    assert any(isinstance(e, TaskReported) and e.declared_finish_on for e in events)
    assert [e.key for e in events if isinstance(e, TaskReplanned)] == ["partner-portal"]
    assert len([e for e in events if isinstance(e, RiskRated)]) == 15


def test_it_is_the_same_every_time_in_order_and_over_before_today() -> None:
    today = date(2026, 11, 22)
    plan = shipped(today)
    events = sample_events(plan, CalendarDays(), today)
    assert events == sample_events(shipped(today), CalendarDays(), today)
    assert [event.on for event in events] == sorted(event.on for event in events)
    assert all(plan.start - timedelta(days=1) < event.on < today for event in events)


def test_values_come_every_week_one_a_day_for_each_key_result() -> None:
    today = date(2026, 11, 22)
    plan = shipped(today)
    values = [e for e in sample_events(plan, CalendarDays(), today) if isinstance(e, ValueReported)]
    assert len({(e.key, e.on) for e in values}) == len(values)
    retention = [e.on for e in values if e.key == "retention"]
    assert {later - on for on, later in pairwise(retention)} == {timedelta(days=7)}
    assert len(retention) > 60


def test_a_plan_that_has_not_begun_has_no_progress() -> None:
    plan = read(SMALL)
    assert sample_events(plan, CalendarDays(), plan.start) == []
    assert report_days(plan, plan.start - timedelta(days=400)) == []


@pytest.mark.parametrize("days", [1, 3, 8, 40, 90, 200, 364, 500])
def test_any_plan_gets_progress_on_any_day(days: int) -> None:
    plan = read(SMALL)
    today = plan.start + timedelta(days=days)
    events = sample_events(plan, CalendarDays(), today)
    levels = outcome(plan, events, today).levels
    assert levels["find-place"] is Level.ON_PLAN
    reported = {e.key for e in events if isinstance(e, ValueReported)}
    assert reported <= {"visitors", "returns", "stock", "unknown"}


def test_the_sample_accepts_milestones_and_types_no_share_of_them() -> None:
    plan = read(SMALL)
    events = sample_events(plan, CalendarDays(), plan.start + timedelta(days=400))
    assert {e.key for e in events if isinstance(e, MilestoneReached)} == {"open", "busy"}
    assert not [e for e in events if isinstance(e, ValueReported) and e.key == "steps"]


def test_values_go_on_after_the_last_target() -> None:
    plan = read(changed("{due: M12, value: 4}", "{due: M3, value: 4}"))
    events = sample_events(plan, CalendarDays(), plan.start + timedelta(days=200))
    returns = [e.value for e in events if isinstance(e, ValueReported) and e.key == "returns"]
    assert returns[-1] == 4


def test_values_within_two_bounds_lie_between_them() -> None:
    plan = read(SMALL)
    events = sample_events(plan, CalendarDays(), plan.start + timedelta(days=200))
    stock = [e.value for e in events if isinstance(e, ValueReported) and e.key == "stock"]
    assert stock
    assert all(5 <= value <= 8 for value in stock)


def test_days_left_are_counted_in_working_days_when_the_plan_does() -> None:
    text = changed("  months: 12", "  months: 12\n  calendar: {days: working_days}")
    plan = read(text)
    events = sample_events(plan, WorkingCalendar(), plan.start + timedelta(days=60))
    first = next(e for e in events if isinstance(e, TaskReported) and e.key == "fit-out")
    calendar_days = (date(2025, 10, 20) - first.on).days
    assert first.remaining is not None
    assert first.remaining < calendar_days


def test_a_plan_that_asks_more_often_is_answered_more_often() -> None:
    plan = read(changed("  months: 12", "  months: 12\n  check_in_days: 2"))
    days = report_days(plan, plan.start + timedelta(days=30))
    assert {later - day for day, later in pairwise(days)} == {timedelta(days=2)}
