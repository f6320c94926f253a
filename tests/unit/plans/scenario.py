"""Random plans and random histories as raw data, for the engine and the brute force alike.

Nothing here computes a delay. ``draw(low, high)`` gives an integer, from hypothesis (which then
shrinks a failure) or from a seeded generator (which is fast).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

Draw = Callable[[int, int], int]


@dataclass(frozen=True)
class Baseline:
    """Planned start, finish and duration of a task or point."""

    start: int
    finish: int
    duration: int


@dataclass(frozen=True)
class Target:
    """Raw dated target: value for a path, low and high for a band."""

    day: int
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True)
class Path:
    """Raw key result: kind as text, tau0, baseline value, targets."""

    kind: str
    start: int
    baseline: Fraction | None
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Event:
    """Something that happens on a day to an item or key result; ``data`` by kind."""

    day: int
    kind: str
    name: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A plan, its history, and the days on which a sweep ran."""

    grace: int
    minimum_reference: int
    horizon: int
    tasks: dict[str, Baseline]
    points: dict[str, Baseline]
    paths: dict[str, Path]
    links: list[tuple[str, str, str, int]]
    events: list[Event]
    sweeps: list[int]


def target_key(name: str, index: int) -> str:
    """Item key of a key result's dated target."""
    return f"{name}.{index}"


def make_scenario(draw: Draw) -> Scenario:
    """A random plan with a random history."""
    horizon = 150
    tasks = {f"t{i}": _span(draw, 45, 40) for i in range(draw(0, 5))}
    points = {f"m{i}": _point(draw) for i in range(draw(0, 3))}
    paths = {f"k{i}": make_path(draw) for i in range(draw(0, 2))}
    links = make_links(draw, tasks, points, paths)
    grace = (0, 1, 3, 7, 7, 14)[draw(0, 5)]
    minimum = (1, 1, 1, 5, 20)[draw(0, 4)]
    events = _History(draw, tasks, points, paths).events(horizon)
    share = (0, 5, 30, 100)[draw(0, 3)]
    sweeps = [day for day in range(horizon) if draw(1, 100) <= share]
    return Scenario(
        grace, minimum, horizon, tasks, points, paths, links, events, [*sweeps, horizon]
    )


def _span(draw: Draw, latest: int, longest: int) -> Baseline:
    start = draw(1, latest)
    duration = (1, 10, 20, 30)[draw(0, 3)] if draw(0, 1) else draw(1, longest)
    return Baseline(start, start + duration - 1, duration)


def _point(draw: Draw) -> Baseline:
    finish = draw(1, 90)
    reference = draw(1, finish)
    return Baseline(reference, finish, finish - reference + 1)


KINDS = (
    "increase",
    "decrease",
    "keep_within",
    "keep_at_least",
    "keep_at_most",
    "binary",
    "milestones",
)


def make_path(draw: Draw) -> Path:
    """A key result of any kind with up to three dated targets."""
    kind = KINDS[draw(0, 6)]
    start = draw(0, 20)
    days, day = [], start
    for _ in range(draw(1, 3)):
        day += draw(1, 40)
        days.append(day)
    if kind in ("increase", "decrease"):
        sign = 1 if kind == "increase" else -1
        value = Fraction(draw(0, 10))
        baseline = value if draw(0, 3) else None
        targets = []
        for day in days:
            value += sign * Fraction(draw(0, 12) * draw(0, 1), draw(1, 3))
            targets.append(Target(day, value))
        return Path(kind, start, baseline, tuple(targets))
    if kind == "milestones":
        shares = sorted(Fraction(draw(0, 10)) for _ in days)
        return Path(kind, start, None, tuple(map(Target, days, shares)))
    if kind == "binary":
        return Path(kind, start, None, tuple(Target(day) for day in days[:1]))
    low = Fraction(draw(0, 5))
    high = low + draw(0, 3)
    bounds = {
        "keep_within": (low, high),
        "keep_at_least": (low, None),
        "keep_at_most": (None, high),
    }[kind]
    return Path(kind, start, None, tuple(Target(day, None, *bounds) for day in days))


def make_links(
    draw: Draw,
    tasks: dict[str, Baseline],
    points: dict[str, Baseline],
    paths: dict[str, Path],
) -> list[tuple[str, str, str, int]]:
    """Links of all kinds that run forward in a random order, so never in a circle."""
    keys = [*tasks, *points]
    keys += [target_key(n, i) for n, path in paths.items() for i in range(len(path.targets))]
    order = sorted(keys, key=lambda _: draw(0, 1000))
    links = []
    for j in range(1, len(order)):
        for _ in range(draw(0, 3)):
            kind = ("FS", "FS", "FS", "SS", "FF", "SF")[draw(0, 5)]
            links.append((order[draw(0, j - 1)], order[j], kind, draw(-6, 8)))
    return links


class _History:
    """Makes events that are allowed: nothing happens to what is finished or cancelled."""

    def __init__(
        self,
        draw: Draw,
        tasks: dict[str, Baseline],
        points: dict[str, Baseline],
        paths: dict[str, Path],
    ) -> None:
        self.draw = draw
        self.baselines = {**tasks, **points}
        self.tasks = set(tasks)
        self.paths = dict(paths)
        self.state = dict.fromkeys([*self.baselines, *paths], "open")

    def events(self, horizon: int) -> list[Event]:
        names = list(self.state)
        if not names:
            return []
        days = sorted(self.draw(0, horizon - 1) for _ in range(self.draw(0, 45)))
        made = [self.event(day, names[self.draw(0, len(names) - 1)]) for day in days]
        return [event for event in made if event is not None]

    def event(self, day: int, name: str) -> Event | None:
        if self.state[name] in ("finished", "cancelled"):
            return None
        choice = self.draw(0, 23)
        if choice < 11:
            return self.value(day, name) if name in self.paths else self.check_in(day, name)
        if choice < 15:
            return self.pause_or_resume(day, name)
        if choice < 17:
            return self.cancel(day, name)
        return self.rarer_event(choice, day, name)

    def rarer_event(self, choice: int, day: int, name: str) -> Event:
        if choice < 19:
            return self.rebaseline(day, name)
        if choice < 21:
            return self.declare(day, name)
        if name in self.paths:
            return self.value(day, name)
        self.state[name] = "finished"
        return Event(day, "finish", name, {"on": day - self.draw(0, 4) * self.draw(0, 1)})

    def cancel(self, day: int, name: str) -> Event:
        self.state[name] = "cancelled"
        return Event(day, "cancel", name, {"bridge": bool(self.draw(0, 1))})

    def check_in(self, day: int, name: str) -> Event | None:
        if name not in self.tasks:
            return None
        on = day - self.draw(0, 3) * self.draw(0, 1)
        data: dict[str, Any] = {"on": on}
        if self.draw(0, 1):
            data["percent"] = self.draw(0, 100)
        else:
            data["remaining"] = self.draw(0, self.baselines[name].duration + 5)
        if self.draw(0, 3):
            data["started_on"] = on - self.draw(0, 5) * self.draw(0, 1)
        return Event(day, "check_in", name, data)

    def value(self, day: int, name: str) -> Event:
        path = self.paths[name]
        on = day - self.draw(0, 3) * self.draw(0, 1)
        if path.kind == "binary":
            return Event(day, "value", name, {"on": on, "value": Fraction(self.draw(0, 5) == 5)})
        known = [v for t in path.targets for v in (t.value, t.low, t.high) if v is not None]
        known += [path.baseline] if path.baseline is not None else []
        low, high = min(known), max(known)
        if self.draw(0, 2) == 0:
            value = known[self.draw(0, len(known) - 1)]
        else:
            value = low - 3 + (high - low + 6) * Fraction(self.draw(0, 24), 24)
        return Event(day, "value", name, {"on": on, "value": value})

    def pause_or_resume(self, day: int, name: str) -> Event:
        is_paused = self.state[name] == "paused"
        self.state[name] = "open" if is_paused else "paused"
        return Event(day, "resume" if is_paused else "pause", name)

    def declare(self, day: int, name: str) -> Event:
        on = None if self.draw(0, 4) == 0 else day + self.draw(-10, 60)
        data: dict[str, Any] = {"on": on}
        if name in self.paths:
            data["index"] = self.draw(0, len(self.paths[name].targets) - 1)
        return Event(day, "declare", name, data)

    def rebaseline(self, day: int, name: str) -> Event:
        if name in self.paths:
            self.paths[name] = _shifted(self.draw, self.paths[name])
            return Event(day, "rebaseline", name, {"path": self.paths[name]})
        new = _span(self.draw, 90, 40) if name in self.tasks else _point(self.draw)
        self.baselines[name] = new
        return Event(day, "rebaseline", name, {"baseline": new})


def _shifted(draw: Draw, path: Path) -> Path:
    """The same targets at other dates and, for a path, with other values."""
    day, moved, raised = path.start, [], Fraction(0)
    sign = -1 if path.kind == "decrease" else 1
    for target in path.targets:
        day += draw(1, 40)
        if target.value is None:
            moved.append(replace(target, day=day))
            continue
        raised += Fraction(draw(0, 4) * draw(0, 1), 2)
        moved.append(replace(target, day=day, value=target.value + sign * raised))
    return replace(path, targets=tuple(moved))
