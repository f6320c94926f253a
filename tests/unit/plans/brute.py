"""Daily evaluation straight from the definitions, sharing no code with the engine.

Every day, every item's forecast is found by walking the days one by one: progress goes on for
``grace`` days after the last check-in, then stands still; each day outside a bound is a day of
delay; links are followed backwards by recursion. No pairs (a, b), no next-change arithmetic.
"""

import itertools
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from tests.unit.plans.scenario import Baseline, Event, Path, Scenario, Target, target_key

LEVELS = ("on_plan", "yellow", "orange", "red")


@dataclass
class Task:
    """A task or point as recorded so far."""

    baseline: Baseline
    is_point: bool
    check_in_on: int | None = None
    remaining: int | None = None
    percent: int | None = None
    started_on: int | None = None
    finished_on: int | None = None
    declared: int | None = None
    is_paused: bool = False
    resumed_on: int | None = None


@dataclass
class Measure:
    """A key result as recorded so far."""

    path: Path
    values: dict[int, Fraction] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    declared: dict[int, int | None] = field(default_factory=dict)
    is_paused: bool = False
    resumed_on: int | None = None


class Brute:
    """The plan's recorded history, and its daily evaluation."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.grace = scenario.grace
        self.tasks = {k: Task(b, is_point=False) for k, b in scenario.tasks.items()}
        self.tasks |= {k: Task(b, is_point=True) for k, b in scenario.points.items()}
        self.measures = {k: Measure(p) for k, p in scenario.paths.items()}
        self.home = {
            target_key(name, i): (name, i)
            for name, path in scenario.paths.items()
            for i in range(len(path.targets))
        }
        self.cancelled: dict[str, bool] = {}
        self.links = scenario.links
        self.level = dict.fromkeys([*self.tasks, *self.home], "on_plan")
        self.log: dict[str, list[tuple[int, str, str]]] = {key: [] for key in self.level}
        self.finish_memo: dict[str, int | None] = {}
        self.start_memo: dict[str, int | None] = {}
        self.item_days = 0
        self.forecasts: list[dict[str, int]] = []

    def run(self) -> None:
        """Evaluate every morning, and again after every event."""
        events = list(self.scenario.events)
        for day in range(self.scenario.horizon + 1):
            self.item_days += self.evaluate(day)
            while events and events[0].day == day:
                self.apply(events.pop(0))
                self.evaluate(day)
            finishes = {k: self.finish(k, day) for k in self.level if k not in self.cancelled}
            self.forecasts.append({k: f for k, f in finishes.items() if f is not None})

    def evaluate(self, day: int) -> int:
        """Log every level that differs on ``day``; returns the number of items evaluated."""
        evaluated = 0
        self.finish_memo, self.start_memo = {}, {}
        for key, old in self.level.items():
            if key in self.cancelled:
                continue
            finish = self.finish(key, day)
            if finish is None:
                continue
            evaluated += 1
            new = self.judge(finish - self.planned(key).finish, self.planned(key).duration)
            if new != old:
                self.log[key].append((day, old, new))
                self.level[key] = new
        return evaluated

    def judge(self, delay: int, duration: int) -> str:
        share = Fraction(delay, max(duration, self.scenario.minimum_reference))
        limits = (Fraction(0), Fraction(1, 10), Fraction(3, 10))
        return LEVELS[sum(share > limit for limit in limits)]

    # What happened

    def apply(self, event: Event) -> None:
        if event.kind == "cancel":
            keys = [k for k, (name, _) in self.home.items() if name == event.name]
            self.cancelled |= dict.fromkeys(keys or [event.name], event.data["bridge"])
        elif event.name in self.measures:
            self.apply_to_measure(self.measures[event.name], event)
        else:
            self.apply_to_task(self.tasks[event.name], event)

    def apply_to_task(self, task: Task, event: Event) -> None:
        data = event.data
        if event.kind == "check_in":
            self.check_in(task, data)
        elif event.kind == "finish":
            task.finished_on = data["on"]
        elif event.kind == "declare":
            task.declared = data["on"]
        elif event.kind == "pause":
            task.is_paused = True
        elif event.kind == "resume":
            task.is_paused, task.resumed_on = False, event.day
        elif event.kind == "rebaseline":
            old, task.baseline = task.baseline.duration, data["baseline"]
            if task.percent is not None:
                share_left = Fraction(100 - task.percent, 100)
                task.remaining = ceil(task.baseline.duration * share_left)
            elif task.remaining is not None:
                task.remaining = ceil(Fraction(task.remaining, old) * task.baseline.duration)

    def check_in(self, task: Task, data: dict[str, Any]) -> None:
        if task.check_in_on is not None and data["on"] < task.check_in_on:
            return
        task.check_in_on, task.percent = data["on"], data.get("percent")
        if task.percent is not None:
            task.remaining = ceil(Fraction(task.baseline.duration * (100 - task.percent), 100))
        else:
            task.remaining = data["remaining"]
        if task.started_on is None:
            task.started_on = data.get("started_on")

    def apply_to_measure(self, measure: Measure, event: Event) -> None:
        if event.kind == "value":
            measure.values[event.data["on"]] = event.data["value"]
        elif event.kind == "declare":
            measure.declared[event.data["index"]] = event.data["on"]
        elif event.kind == "pause":
            measure.is_paused = True
        elif event.kind == "resume":
            measure.is_paused, measure.resumed_on = False, event.day
        elif event.kind == "rebaseline":
            measure.path = event.data["path"]
        for index in range(len(measure.path.targets)):
            closed = self.met_on(measure, index)
            if closed is not None:
                measure.closed.setdefault(index, closed)

    # Key results

    def met_on(self, measure: Measure, index: int) -> int | None:
        target = measure.path.targets[index]
        days = sorted(measure.values)
        if not self.is_hold(measure, index):
            return next((d for d in days if self.inside(measure.path, target, d, measure)), None)
        was_outside = False
        for day in days:
            if day >= self.window_start(measure, index):
                inside = self.inside(measure.path, target, day, measure)
                if inside and day >= target.day:
                    return day if was_outside else target.day
                was_outside = not inside
        return None

    def inside(self, path: Path, target: Target, day: int, measure: Measure) -> bool:
        value = measure.values[day]
        if path.kind == "binary":
            return value == 1
        if path.kind in ("increase", "milestones"):
            return target.value is not None and value >= target.value
        if path.kind == "decrease":
            return target.value is not None and value <= target.value
        if target.low is not None and value < target.low:
            return False
        return target.high is None or value <= target.high

    def origin(self, measure: Measure) -> tuple[int, Fraction] | None:
        """Day and value at which the path starts, if known."""
        if measure.path.baseline is not None:
            return measure.path.start, measure.path.baseline
        if measure.path.kind in ("increase", "decrease") and measure.values:
            first = min(measure.values)
            return max(first, measure.path.start), measure.values[first]
        return None

    def is_hold(self, measure: Measure, index: int) -> bool:
        path, target = measure.path, measure.path.targets[index]
        if path.kind.startswith("keep"):
            return True
        origin = self.origin(measure)
        if path.kind in ("binary", "milestones") or origin is None or target.day <= origin[0]:
            return False
        before = path.targets[index - 1].value if index else path.baseline
        return before == target.value

    def window_start(self, measure: Measure, index: int) -> int:
        days = [measure.path.start] + [t.day for t in measure.path.targets[:index]]
        origin = self.origin(measure)
        if origin is not None and origin[0] < measure.path.targets[index].day:
            days.append(origin[0])
        return max(days) + 1

    def corners(self, measure: Measure) -> list[tuple[int, Fraction]]:
        """Signed corner points of the path, always rising."""
        origin = self.origin(measure)
        assert origin is not None
        sign = 1 if measure.path.kind == "increase" else -1
        corners = [(origin[0], sign * origin[1])]
        for target in measure.path.targets:
            assert target.value is not None
            signed = sign * target.value
            if target.day > origin[0] and (
                measure.path.baseline is not None or signed > corners[0][1]
            ):
                corners.append((target.day, signed))
        return corners

    def climb_left(self, measure: Measure, value: Fraction, finish: int, start: int) -> int:
        """Climbing days from ``start`` to ``finish`` still to do at a signed value, rounded up."""
        corners, days, is_first = self.corners(measure), Fraction(0), True
        for (d0, v0), (d1, v1) in itertools.pairwise(corners):
            if v1 == v0 or d1 > finish or d0 < start:
                continue
            missing = (v1 - max(value, v0)) / (v1 - v0)
            days += max(missing, Fraction(0)) * (d1 - d0)
            if is_first and value < corners[0][1] and start <= corners[0][0]:
                days += min((v0 - value) / (v1 - v0), Fraction(1)) * (d1 - d0)
            is_first = False
        return ceil(days)

    def target_finish(self, key: str, day: int) -> int | None:
        """Own forecast of a dated target on the morning of ``day``."""
        name, index = self.home[key]
        measure = self.measures[name]
        target = measure.path.targets[index]
        if index in measure.closed:
            return measure.closed[index]
        declared = measure.declared.get(index)
        floor = target.day if declared is None else declared
        origin = self.origin(measure)
        if measure.path.kind in ("increase", "decrease") and origin is None:
            return None
        if self.is_hold(measure, index):
            return max(floor, target.day + self.days_outside(measure, index, day))
        if origin is None or target.day <= origin[0]:
            return max(floor, target.day, day)
        earliest = self.climb_finish(measure, target, day)
        return earliest if declared is None else max(earliest, declared)

    def days_outside(self, measure: Measure, index: int, day: int) -> int:
        since = None
        for on in sorted(measure.values):
            if on >= self.window_start(measure, index):
                if self.inside(measure.path, measure.path.targets[index], on, measure):
                    since = None
                elif since is None:
                    since = on
        return 0 if since is None else len(range(since, day))

    def known_on(self, measure: Measure) -> int:
        origin = self.origin(measure)
        days = [measure.path.start if origin is None else origin[0], *measure.values]
        if measure.resumed_on is not None:
            days.append(measure.resumed_on - 1)
        return max(days)

    def climb_finish(self, measure: Measure, target: Target, day: int) -> int:
        corners = self.corners(measure)
        sign = 1 if measure.path.kind == "increase" else -1
        value = corners[0][1]
        if measure.values:
            value = sign * measure.values[max(measure.values)]
        left = self.climb_left(measure, value, target.day, corners[0][0])
        finishes = [self.walk(self.known_on(measure), left, day, is_paused=measure.is_paused)]
        for (_, v0), (d1, v1) in itertools.pairwise(corners):
            if v0 == v1 and v1 >= value and d1 < target.day:
                finishes.append(d1 + self.climb_left(measure, v1, target.day, d1))
        return max(finishes)

    # Tasks and points

    def walk(self, known_on: int, left: int, day: int, *, is_paused: bool) -> int:
        """Finish when ``left`` days remain at the end of ``known_on``, seen on morning ``day``."""
        if day <= known_on:
            return known_on + left
        for passed in range(known_on + 1, day):
            assumed = not is_paused and passed <= known_on + self.grace
            if assumed and left > 1:
                left -= 1
        return day + max(left, 1) - 1

    def state_of(self, task: Task) -> tuple[int, int]:
        before = task.baseline.start - 1
        known_on = before if task.check_in_on is None else task.check_in_on
        if task.started_on is None and known_on < before:
            known_on = before
        if task.resumed_on is not None and known_on < task.resumed_on - 1:
            known_on = task.resumed_on - 1
        left = task.baseline.duration if task.remaining is None else task.remaining
        return known_on, left

    def own_finish(self, key: str, day: int) -> int | None:
        if key in self.home:
            return self.target_finish(key, day)
        task = self.tasks[key]
        if task.finished_on is not None:
            return task.finished_on
        if task.is_point:
            finish = max(task.baseline.finish, day)
        else:
            known_on, left = self.state_of(task)
            finish = self.walk(known_on, left, day, is_paused=task.is_paused)
        return finish if task.declared is None else max(finish, task.declared)

    def own_start(self, task: Task, day: int) -> int:
        if task.started_on is not None:
            return task.started_on
        if task.finished_on is not None:
            return min(task.baseline.start, task.finished_on)
        known_on, _ = self.state_of(task)
        start = known_on + 1
        slack = 0 if task.is_paused else self.grace
        for passed in range(known_on + 1, day):
            start += passed > known_on + slack
        return start

    # Links

    def planned(self, key: str) -> Baseline:
        if key not in self.home:
            return self.tasks[key].baseline
        name, index = self.home[key]
        finish = self.measures[name].path.targets[index].day
        start = self.window_start(self.measures[name], index)
        return Baseline(start, finish, max(finish - start + 1, 1))

    def network_start(self, key: str) -> int:
        if key not in self.home:
            return self.tasks[key].baseline.start
        measure = self.measures[self.home[key][0]]
        origin = self.origin(measure)
        return (measure.path.start if origin is None else origin[0]) + 1

    def is_one_day(self, key: str) -> bool:
        if key not in self.home:
            return self.tasks[key].is_point
        name, index = self.home[key]
        measure = self.measures[name]
        if measure.path.kind in ("binary", "milestones") or self.is_hold(measure, index):
            return True
        origin = self.origin(measure)
        return origin is None or measure.path.targets[index].day <= origin[0]

    def has_finished(self, key: str) -> bool:
        if key in self.home:
            name, index = self.home[key]
            return index in self.measures[name].closed
        return self.tasks[key].finished_on is not None

    def into(self, key: str) -> list[tuple[str, str, int]]:
        """(predecessor, kind, lag) of every link into an item, bridges over cancelled included."""
        found = []
        for before, after, kind, lag in self.links:
            if after != key:
                continue
            if before not in self.cancelled:
                found.append((before, kind, lag))
            elif kind == "FS" and self.cancelled[before]:
                found += [(i, "FS", lag + more) for i, k, more in self.into(before) if k == "FS"]
        return found

    def cap(self, before: str, key: str, kind: str, lag: int) -> int:
        from_finish = kind in ("FS", "FF") or self.is_one_day(before)
        source = self.planned(before).finish if from_finish else self.network_start(before)
        if self.is_one_day(key) or kind in ("FF", "SF"):
            return min(lag, self.planned(key).finish - source)
        return min(lag, self.network_start(key) - source - (1 if kind == "FS" else 0))

    def finish(self, key: str, day: int) -> int | None:
        if key not in self.finish_memo:
            self.finish_memo[key] = self.find_finish(key, day)
        return self.finish_memo[key]

    def find_finish(self, key: str, day: int) -> int | None:
        own = self.own_finish(key, day)
        if own is None or self.has_finished(key):
            return own
        left, has_started = self.work_left(key)
        candidates = [own]
        for before, kind, typed in self.into(key):
            source = self.finish(before, day) if kind in ("FS", "FF") else self.start(before, day)
            if source is None:
                continue
            lag = self.cap(before, key, kind, typed)
            if self.is_one_day(key) or kind in ("FF", "SF"):
                candidates.append(source + lag)
            elif kind == "FS":
                candidates.append(source + lag + left)
            elif not has_started:
                candidates.append(source + lag + left - 1)
        return max(candidates)

    def start(self, key: str, day: int) -> int | None:
        if key not in self.start_memo:
            self.start_memo[key] = self.find_start(key, day)
        return self.start_memo[key]

    def find_start(self, key: str, day: int) -> int | None:
        if self.is_one_day(key):
            return self.finish(key, day)
        if key in self.home:
            return self.network_start(key)
        task = self.tasks[key]
        candidates = [self.own_start(task, day)]
        if task.started_on is not None or self.has_finished(key):
            return candidates[0]
        for before, kind, typed in self.into(key):
            lag = self.cap(before, key, kind, typed)
            source = self.finish(before, day) if kind == "FS" else self.start(before, day)
            if source is not None and kind in ("FS", "SS"):
                candidates.append(source + lag + (1 if kind == "FS" else 0))
        return max(candidates)

    def work_left(self, key: str) -> tuple[int, bool]:
        if key not in self.home:
            return self.state_of(self.tasks[key])[1], self.tasks[key].started_on is not None
        name, index = self.home[key]
        measure = self.measures[name]
        if self.is_one_day(key):
            return 0, True
        corners = self.corners(measure)
        sign = 1 if measure.path.kind == "increase" else -1
        value = corners[0][1]
        if measure.values:
            value = sign * measure.values[max(measure.values)]
        day = measure.path.targets[index].day
        return self.climb_left(measure, value, day, corners[0][0]), True
