"""The delay engine's judgement of a plan file with its sample events: a level for every item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from apps.demo.domain.events import (
    Event,
    MilestoneReached,
    TaskPaused,
    TaskReplanned,
    TaskReported,
    ValueReported,
)
from apps.planfile.domain.model import KeyResult, Milestone, PlanFile, Task
from apps.plans.engine import key_results as engine
from apps.plans.engine.calendars import CalendarDays
from apps.plans.engine.forecasts import milestone_reference_start
from apps.plans.engine.items import ItemFacts, ItemState, own_forecasts, silent_day
from apps.plans.engine.levels import Level, level_of
from apps.plans.engine.links import Link, LinkKind
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node
from apps.plans.engine.targets import next_unmet, target_states

CALENDAR = CalendarDays()
GRACE = 7


@dataclass
class Outcome:
    """Level and state of every task, milestone and of each key result's next target."""

    levels: dict[str, Level] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)


def outcome(plan: PlanFile, events: list[Event], today: date) -> Outcome:
    """As of the morning of ``today``."""
    found = Outcome()
    day = CALENDAR.number(today)
    facts = {task.key: task_facts(task, events) for task in plan.tasks}
    facts |= {m.key: milestone_facts(m, plan, events) for m in plan.milestones}
    nodes = [
        Node(key, fact.planned_start, fact.planned_finish, forecasts)
        for key, fact in facts.items()
        if (forecasts := own_forecasts(fact)) is not None
    ]
    links = [Link(k.from_, k.to, LinkKind(str(k.kind)), k.lag) for k in plan.links]
    solution = Network(nodes, links).propagate()
    drivers = solution.drivers_and_roots(day)
    for key, fact in facts.items():
        delay = solution.forecast(key).at(day) - fact.planned_finish
        found.levels[key] = level_of(delay, fact.duration)
        found.states[key] = state_of(fact, day)
        found.roots[key] = drivers[key][1]
    for key_result in plan.key_results:
        judge(key_result, plan, events, day, found)
    return found


def state_of(fact: ItemFacts, day: int) -> str:
    """open, silent, paused or finished."""
    silent = silent_day(fact)
    if fact.state is ItemState.OPEN and silent is not None and silent <= day:
        return "silent"
    return str(fact.state)


def task_facts(task: Task, events: list[Event]) -> ItemFacts:
    """What the events leave known of a task."""
    start, finish = task.start, task.finish
    state = ItemState.OPEN
    known: TaskReported | None = None
    for event in events:
        if getattr(event, "key", "") != task.key:
            continue
        if isinstance(event, TaskReported):
            known = event
            state = ItemState.FINISHED if event.finished_on else state
        elif isinstance(event, TaskPaused):
            state = ItemState.PAUSED
        elif isinstance(event, TaskReplanned):
            start, finish = event.start, event.finish
    return ItemFacts(
        planned_start=CALENDAR.number(start),
        planned_finish=CALENDAR.number(finish),
        duration=(finish - start).days + 1,
        grace=GRACE,
        state=state,
        known_on=CALENDAR.number(known.on) if known else None,
        remaining=known.remaining if known else None,
        started_on=CALENDAR.number(known.started_on) if known else None,
        finished_on=CALENDAR.number(known.finished_on) if known and known.finished_on else None,
        declared_finish=(
            CALENDAR.number(known.declared_finish_on)
            if known and known.declared_finish_on
            else None
        ),
    )


def milestone_facts(milestone: Milestone, plan: PlanFile, events: list[Event]) -> ItemFacts:
    """What the events leave known of a milestone."""
    due = CALENDAR.number(milestone.due)
    starts = {task.key: CALENDAR.number(task.start) for task in plan.tasks}
    fed = [starts[k.from_] for k in plan.links if k.to == milestone.key and k.from_ in starts]
    begin = milestone_reference_start(None, fed, None, CALENDAR.number(plan.start))
    reached = [e for e in events if isinstance(e, MilestoneReached) and e.key == milestone.key]
    return ItemFacts(
        planned_start=due,
        planned_finish=due,
        duration=due - begin + 1,
        grace=GRACE,
        is_point=True,
        state=ItemState.FINISHED if reached else ItemState.OPEN,
        finished_on=CALENDAR.number(reached[0].on) if reached else None,
    )


def judge(
    key_result: KeyResult, plan: PlanFile, events: list[Event], day: int, found: Outcome
) -> None:
    """The level of the next unmet target."""
    check_ins = [
        engine.CheckIn(CALENDAR.number(e.on), e.value)
        for e in events
        if isinstance(e, ValueReported) and e.key == key_result.key
    ]
    judged = engine.KeyResult(
        kind=engine.KeyResultKind(str(key_result.direction)),
        start_day=CALENDAR.number(plan.start) - 1,
        baseline=key_result.baseline,
        targets=tuple(
            engine.DatedTarget(
                day=CALENDAR.number(target.due),
                value=target.value,
                low=key_result.at_least,
                high=key_result.at_most,
            )
            for target in key_result.targets
        ),
    )
    state = next_unmet(target_states(judged, check_ins, grace=GRACE))
    if state is None:
        found.states[key_result.key] = "finished"
    elif state.forecast is None:
        found.states[key_result.key] = "no_baseline"
    else:
        delay = state.forecast.at(day) - state.planned_finish
        found.levels[key_result.key] = level_of(delay, state.duration)
        is_silent = state.silent_on is not None and state.silent_on <= day
        found.states[key_result.key] = "silent" if is_silent else "open"
