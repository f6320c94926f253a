"""The engine on plain values, a thousand plans a minute: the same calls in the same order as the
services make them (``tests/services/plans/service_run.py`` runs those). On an event only the
descendants are recomputed, with the stored forecasts of their predecessors as fixed boundary; a
sweep recomputes nothing.
"""

from dataclasses import replace
from typing import Any

from apps.plans.engine.forecasts import Forecast, remaining_from_percent, rescaled_remaining
from apps.plans.engine.items import ItemFacts, ItemState, own_forecasts
from apps.plans.engine.key_results import CheckIn, DatedTarget, KeyResult, KeyResultKind
from apps.plans.engine.ledger import Basis, Outcome, Track, rebase, settle_track
from apps.plans.engine.links import Link, LinkKind, bridge_cancelled, descendants
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node, fixed
from apps.plans.engine.targets import TargetState, target_states
from tests.unit.plans.scenario import Baseline, Event, Path, Scenario, target_key


def facts_of(baseline: Baseline, grace: int, *, is_point: bool) -> ItemFacts:
    """Facts of an item before any check-in."""
    return ItemFacts(
        planned_start=baseline.start,
        planned_finish=baseline.finish,
        duration=baseline.duration,
        grace=grace,
        is_point=is_point,
    )


def key_result_of(path: Path, closed: dict[int, int], declared: dict[int, Any]) -> KeyResult:
    """The engine's key result of raw data."""
    targets = tuple(
        DatedTarget(t.day, t.value, t.low, t.high, closed.get(i), declared.get(i))
        for i, t in enumerate(path.targets)
    )
    return KeyResult(KeyResultKind(path.kind), path.start, targets, path.baseline)


class Measured:
    """A key result as stored."""

    def __init__(self, name: str, path: Path, grace: int) -> None:
        self.name, self.path, self.grace = name, path, grace
        self.check_ins: list[CheckIn] = []
        self.closed: dict[int, int] = {}
        self.declared: dict[int, Any] = {}
        self.is_paused = False
        self.resumed_on: int | None = None

    def states(self) -> tuple[TargetState, ...]:
        key_result = key_result_of(self.path, self.closed, self.declared)
        return target_states(
            key_result,
            self.check_ins,
            grace=self.grace,
            is_paused=self.is_paused,
            resumed_on=self.resumed_on,
        )

    def apply(self, event: Event) -> None:
        if event.kind == "value":
            self.check_ins.append(CheckIn(event.data["on"], event.data["value"]))
        elif event.kind == "declare":
            self.declared[event.data["index"]] = event.data["on"]
        elif event.kind == "pause":
            self.is_paused = True
        elif event.kind == "resume":
            self.is_paused, self.resumed_on = False, event.day
        else:
            self.path = event.data["path"]
        for state in self.states():
            if state.closed_on is not None:
                self.closed[state.index] = state.closed_on


class EngineRun:
    """Runs a scenario; ``log`` holds (day, old, new) of every item."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        grace = scenario.grace
        self.facts = {k: facts_of(b, grace, is_point=False) for k, b in scenario.tasks.items()}
        self.facts |= {k: facts_of(b, grace, is_point=True) for k, b in scenario.points.items()}
        self.percent: dict[str, int | None] = {}
        self.measured = {n: Measured(n, p, grace) for n, p in scenario.paths.items()}
        self.typed = [Link(i, j, LinkKind(kind), lag) for i, j, kind, lag in scenario.links]
        self.cancelled: dict[str, bool] = {}
        self.forms: dict[str, tuple[Forecast, Forecast]] = {}
        keys = [*self.facts, *(k for m in self.measured.values() for k in self.keys_of(m))]
        self.tracks = {k: Track(basis) for k, basis in self.recompute(set(keys)).items()}
        self.log: dict[str, list[tuple[int, str, str]]] = {key: [] for key in keys}
        self.record({k: rebase(track, track.basis, 0) for k, track in self.tracks.items()})
        self.forecasts: list[dict[str, int]] = []

    def run(self) -> None:
        """Sweep on the sweep days only; apply events on theirs."""
        events = list(self.scenario.events)
        sweeps = set(self.scenario.sweeps)
        for day in range(self.scenario.horizon + 1):
            if day in sweeps:
                self.sweep(day)
            while events and events[0].day == day:
                self.event(events.pop(0))
            forms = {key: track.basis.forecast for key, track in self.tracks.items()}
            self.forecasts.append({k: form.at(day) for k, form in forms.items() if form})

    def sweep(self, day: int) -> None:
        due = {
            key: settle_track(track, day)
            for key, track in self.tracks.items()
            if track.next_change_on is not None and track.next_change_on <= day
        }
        self.record(due)

    def event(self, event: Event) -> None:
        names = self.measured.get(event.name)
        changed = [event.name] if names is None else self.keys_of(names)
        moved = {k for k in descendants(changed, self.typed) if k in self.tracks}

        self.record({key: settle_track(self.tracks[key], event.day) for key in moved})
        self.apply(event)
        bases = self.recompute(moved)
        self.record({key: rebase(self.tracks[key], bases[key], event.day) for key in bases})

    def record(self, outcomes: dict[str, Outcome]) -> None:
        for key, outcome in outcomes.items():
            self.tracks[key] = outcome.track
            self.log[key] += [(day, str(old), str(new)) for day, old, new in outcome.changes]

    @staticmethod
    def keys_of(measured: Measured) -> list[str]:
        return [target_key(measured.name, i) for i in range(len(measured.path.targets))]

    # Recording what happened

    def apply(self, event: Event) -> None:
        name, data = event.name, event.data
        if event.kind == "cancel":
            measured = self.measured.get(name)
            keys = [name] if measured is None else self.keys_of(measured)
            self.cancelled |= dict.fromkeys(keys, data["bridge"])
        elif name in self.measured:
            self.measured[name].apply(event)
        else:
            self.facts[name] = self.changed_facts(self.facts[name], event)

    def changed_facts(self, facts: ItemFacts, event: Event) -> ItemFacts:
        data = event.data
        if event.kind == "check_in":
            return self.checked_in(facts, event)
        if event.kind == "finish":
            return replace(facts, state=ItemState.FINISHED, finished_on=data["on"])
        if event.kind == "declare":
            return replace(facts, declared_finish=data["on"])
        if event.kind == "pause":
            return replace(facts, state=ItemState.PAUSED)
        if event.kind == "resume":
            return replace(facts, state=ItemState.OPEN, resumed_on=event.day)
        new: Baseline = data["baseline"]
        remaining, percent = facts.remaining, self.percent.get(event.name)
        if percent is not None:
            remaining = remaining_from_percent(new.duration, percent)
        elif remaining is not None:
            remaining = rescaled_remaining(remaining, facts.duration, new.duration)
        return replace(
            facts,
            planned_start=new.start,
            planned_finish=new.finish,
            duration=new.duration,
            remaining=remaining,
        )

    def checked_in(self, facts: ItemFacts, event: Event) -> ItemFacts:
        data = event.data
        if facts.known_on is not None and data["on"] < facts.known_on:
            return facts
        percent = self.percent[event.name] = data.get("percent")
        if percent is None:
            remaining = data["remaining"]
        else:
            remaining = remaining_from_percent(facts.duration, percent)
        started_on = facts.started_on if facts.started_on is not None else data.get("started_on")
        return replace(facts, known_on=data["on"], remaining=remaining, started_on=started_on)

    # Recomputing forms

    def recompute(self, keys: set[str]) -> dict[str, Basis]:
        """New basis of ``keys``, the rest of the plan taken from its stored forms."""
        links = bridge_cancelled(
            self.typed, self.cancelled, [k for k, bridge in self.cancelled.items() if not bridge]
        )
        all_nodes, plans = self.nodes_and_plans()
        links = [x for x in links if x.predecessor in all_nodes and x.successor in keys]
        links = [x for x in links if x.successor in all_nodes]
        boundary = {x.predecessor for x in links} - keys
        nodes = [all_nodes[key] for key in keys if key in all_nodes]
        for key in boundary:
            node, (finish, start) = all_nodes[key], self.forms[key]
            nodes.append(
                fixed(
                    key,
                    node.planned_start,
                    node.planned_finish,
                    finish,
                    start,
                    is_point=node.own.is_point,
                )
            )
        forms = Network(nodes, links).propagate().forecasts()
        self.forms |= {key: forms[key] for key in keys if key in forms}
        basis = {}
        for key in keys:
            form = forms[key][0] if key in forms else None
            basis[key] = Basis(form, *plans[key], self.scenario.minimum_reference)
        return basis

    def nodes_and_plans(self) -> tuple[dict[str, Node[str]], dict[str, tuple[int, int]]]:
        nodes: dict[str, Node[str]] = {}
        plans: dict[str, tuple[int, int]] = {}
        for key, facts in self.facts.items():
            plans[key] = (facts.planned_finish, facts.duration)
            own = own_forecasts(facts)
            if own is not None and key not in self.cancelled:
                nodes[key] = Node(key, facts.planned_start, facts.planned_finish, own)
        for name, measured in self.measured.items():
            for state in measured.states():
                key = target_key(name, state.index)
                plans[key] = (state.planned_finish, state.duration)
                own = state.own_forecasts()
                if own is not None and key not in self.cancelled:
                    nodes[key] = Node(key, state.network_start, state.planned_finish, own)
        return nodes, plans
