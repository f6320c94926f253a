"""Proof 2: a plan that is followed exactly raises nothing, ever; no item is late on day 0."""

import itertools
import os
import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.plans.brute import Brute
from tests.unit.plans.engine_run import EngineRun
from tests.unit.plans.scenario import (
    Baseline,
    Draw,
    Event,
    Path,
    Scenario,
    Target,
    make_scenario,
)

SEEDED = int(os.environ.get("OKRTRACK_DEEP", "60"))


def line_value(corners: list[tuple[int, Fraction]], day: int) -> Fraction:
    """Value on the straight lines between corner points."""
    for (d0, v0), (d1, v1) in itertools.pairwise(corners):
        if d0 <= day <= d1:
            return v0 + (v1 - v0) * Fraction(day - d0, d1 - d0)
    return corners[-1][1]


def report_days(draw: Draw, after: int, finish: int, grace: int) -> list[int]:
    """Check-in days up to ``finish``, never more than grace + 1 days apart."""
    days = []
    day = after
    while day < finish:
        day = min(day + draw(1, grace + 1), finish)
        days.append(day)
    return days


def task_events(draw: Draw, name: str, plan: Baseline, grace: int) -> list[Event]:
    days = report_days(draw, plan.start - 1, plan.finish, grace)
    events = [
        Event(
            day,
            "check_in",
            name,
            {"on": day, "remaining": plan.finish - day, "started_on": plan.start},
        )
        for day in days[:-1]
    ]
    return [*events, Event(plan.finish, "finish", name, {"on": plan.finish})]


def path_corners(draw: Draw, path: Path) -> list[tuple[int, Fraction]]:
    """Corner points of the path actually followed: the first value where none was planned."""
    values = [(t.day, t.value) for t in path.targets if t.value is not None]
    if path.baseline is not None:
        return [(path.start, path.baseline), *values]
    sign = 1 if path.kind == "increase" else -1
    first = (draw(path.start, values[0][0] - 1), values[0][1] - sign * draw(-3, 5))
    return [first, *((d, v) for d, v in values if sign * v > sign * first[1])]


def bounded_value(draw: Draw, target: Target) -> Fraction:
    """A value inside the bounds, often exactly on one."""
    inside = [v for v in (target.low, target.high) if v is not None]
    return inside[draw(0, len(inside) - 1)]


def path_events(draw: Draw, name: str, path: Path, grace: int) -> list[Event]:
    last = path.targets[-1].day
    if path.kind == "binary":
        return [Event(last, "value", name, {"on": last, "value": Fraction(1)})]
    if path.kind == "milestones":
        return [
            Event(target.day, "value", name, {"on": target.day, "value": target.value})
            for target in path.targets
        ]
    is_path = path.kind in ("increase", "decrease")
    corners = path_corners(draw, path) if is_path else []
    begin = corners[0][0] if is_path else path.start
    days = {day for t in path.targets for day in (t.day,) if day > begin}
    edges = sorted({begin, *days})
    for before, after in itertools.pairwise(edges):
        days |= set(report_days(draw, before, after, grace))
    if is_path and path.baseline is None:
        days.add(begin)
    events = []
    for day in sorted(days):
        if is_path:
            value = line_value(corners, day)
        else:
            target = next(t for t in path.targets if t.day >= day)
            value = bounded_value(draw, target)
        events.append(Event(day, "value", name, {"on": day, "value": value}))
    return events


def followed(draw: Draw) -> Scenario:
    """A random plan with the history of its being followed exactly, swept every day."""
    plan = make_scenario(draw)
    events: list[Event] = []
    for name, baseline in plan.tasks.items():
        events += task_events(draw, name, baseline, plan.grace)
    for name, baseline in plan.points.items():
        events.append(Event(baseline.finish, "finish", name, {"on": baseline.finish}))
    for name, path in plan.paths.items():
        events += path_events(draw, name, path, plan.grace)
    events.sort(key=lambda event: event.day)
    return replace(plan, events=events, sweeps=list(range(plan.horizon + 1)))


def check(scenario: Scenario) -> int:
    engine, brute = EngineRun(scenario), Brute(scenario)
    assert not any(engine.log.values()), "late on day 0"
    engine.run()
    assert not any(engine.log.values()), (engine.log, scenario)
    brute.run()
    assert not any(brute.log.values()), (brute.log, scenario)
    return brute.item_days


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_followed_plan_raises_nothing_shrinkable(data: st.DataObject) -> None:
    check(followed(lambda low, high: data.draw(st.integers(low, high))))


def test_followed_plan_raises_nothing_seeded() -> None:
    item_days = sum(check(followed(random.Random(seed).randint)) for seed in range(SEEDED))
    print(f"{SEEDED} followed plans, {item_days} item-days, no change")  # noqa: T201


def test_nothing_is_late_on_day_0_whatever_happens_later() -> None:
    for seed in range(SEEDED):
        scenario = make_scenario(random.Random(seed).randint)
        engine = EngineRun(scenario)
        assert not any(engine.log.values())
        assert {str(track.level) for track in engine.tracks.values()} <= {"on_plan"}
