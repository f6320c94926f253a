"""A random plan and its random history carried out by the product's own services.

``storable`` first takes from a scenario what the product does not let anybody do; the daily
evaluation then gets the same scenario.
"""

from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from apps.milestones.models import Task
from apps.milestones.services.tasks import TaskProgress, task_create, task_report
from apps.objectives.models import KeyResult, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services import NewCheckIn, check_ins_add, key_results_refresh
from apps.objectives.services.key_results import KeyResultData, key_result_add
from apps.objectives.services.objectives import ObjectiveData, objective_add
from apps.people.models import User
from apps.plans.engine.forecasts import Forecast
from apps.plans.models import Item, ItemKind, ItemState, LevelChange, LinkKind, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services.change import PlanChange
from apps.plans.services.items import (
    item_cancel,
    item_create,
    item_finish,
    item_pause,
    item_rebaseline,
    item_resume,
    item_save,
)
from apps.plans.services.links import link_create
from apps.plans.services.settling import plan_settle
from tests.build import changing, day
from tests.unit.plans.scenario import Baseline, Event, Path, Scenario, Target, target_key


def stored(value: Fraction) -> Fraction:
    """As a column with six decimals keeps it."""
    return Fraction(round(value * 10**6), 10**6)


def number(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def storable(scenario: Scenario) -> Scenario:
    """The scenario as far as the product's rules let it happen."""
    paths = {name: _storable_path(path) for name, path in scenario.paths.items()}
    links = {(before, after): (kind, lag) for before, after, kind, lag in scenario.links}
    return replace(
        scenario,
        grace=max(scenario.grace, 1),
        paths=paths,
        links=[(*ends, *how) for ends, how in links.items()],
        events=[event for event in map(_Allowed(paths).event, scenario.events) if event],
    )


def _storable_path(path: Path) -> Path:
    """Without a baseline the days count from the plan's first; values have six decimals; what is
    counted has nothing to be reported, so a climb stands for it.
    """

    def kept(target: Target) -> Target:
        return target if target.value is None else replace(target, value=stored(target.value))

    if path.kind == "milestones":
        path = replace(path, kind="increase", baseline=Fraction(0))
    start = path.start if path.baseline is not None else 0
    return replace(path, start=start, targets=tuple(map(kept, path.targets)))


class _Allowed:
    """Events one after the other: as given, changed, or None where the product refuses them."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self.paths = paths
        self.started: dict[str, int] = {}
        self.has_values: set[str] = set()

    def event(self, event: Event) -> Event | None:
        data = dict(event.data)
        if event.name in self.paths:
            # Other targets, and a finish of one's own choice, go through a request.
            if event.kind in ("rebaseline", "declare"):
                return None
            # A met target cannot be cancelled.
            if event.kind == "cancel" and event.name in self.has_values:
                return None
            if event.kind == "value":
                self.has_values.add(event.name)
                data["value"] = stored(data["value"])
        elif event.kind == "check_in":
            self.begin(event.name, data)
        elif event.kind == "finish":
            data["on"] = max(data["on"], self.started.get(event.name, data["on"]))
        if event.kind == "cancel":
            data["bridge"] = True
        return replace(event, data=data)

    def begin(self, name: str, data: dict[str, Any]) -> None:
        """Whoever reports work without a start is taken to have begun; 0 % says not begun."""
        if name in self.started:
            data.pop("started_on", None)
        elif "started_on" in data or data.get("percent") != 0:
            self.started[name] = data.setdefault("started_on", data["on"])


class ServiceRun:
    """Carries a scenario out; ``log`` holds (day, old, new) of every item, as EngineRun's does."""

    def __init__(self, plan: Plan, by: User, scenario: Scenario) -> None:
        plan.grace_days, plan.minimum_reference_days = scenario.grace, scenario.minimum_reference
        plan.save()
        self.plan, self.by, self.scenario = plan, by, scenario
        self.calendar = plan_calendar(plan)
        self.key_results: dict[str, KeyResult] = {}
        self.names: dict[str, str] = {}
        self.forecasts: list[dict[str, int]] = []
        with self.change(0) as change:
            self.build(change)

    def change(self, on: int) -> AbstractContextManager[PlanChange]:
        return changing(self.plan, on=on, by=self.by)

    def build(self, change: PlanChange) -> None:
        for key, baseline in self.scenario.tasks.items():
            task_create(change=change, item=self.new_item(ItemKind.TASK, key, baseline))
        for key, baseline in self.scenario.points.items():
            item = self.new_item(ItemKind.MILESTONE, key, baseline)
            item.is_point = True
            item_create(change=change, item=item)
        objective = objective_add(change=change, data=ObjectiveData(name="Objective"))
        for name, path in self.scenario.paths.items():
            self.measure(change, objective, name, path)
        items = {self.name_of(item.key): item for item in self.plan.items.all()}
        for before, after, kind, lag in self.scenario.links:
            link_create(
                change=change,
                predecessor=items[before],
                successor=items[after],
                kind=LinkKind(kind),
                lag_days=lag,
            )

    def name_of(self, key: str) -> str:
        """The scenario's name of an item: targets have keys of their own."""
        return self.names.get(key, key)

    @staticmethod
    def new_item(kind: ItemKind, key: str, baseline: Baseline) -> Item:
        days = {"start_on": day(baseline.start), "finish_on": day(baseline.finish)}
        return Item(kind=kind, key=key, name=key, **days)

    def measure(self, change: PlanChange, objective: Objective, name: str, path: Path) -> None:
        first = path.targets[0]
        data = KeyResultData(
            name=name,
            kind=path.kind,
            baseline=number(path.baseline),
            baseline_on=None if path.baseline is None else day(path.start),
            lower_bound=number(first.low),
            upper_bound=number(first.high),
        )
        targets = [PlannedTarget(day(target.day), number(target.value)) for target in path.targets]
        made = key_result_add(
            change=change, objective=objective, data=data, targets=targets, key=name
        )
        self.key_results[name] = made
        rows = made.targets.order_by("due_on").values_list("item__key", flat=True)
        self.names |= {key: target_key(name, index) for index, key in enumerate(rows)}

    def run(self) -> None:
        """Sweep on the sweep days only; each event is a change of its own."""
        events = list(self.scenario.events)
        sweeps = set(self.scenario.sweeps)
        for on in range(self.scenario.horizon + 1):
            if on in sweeps:
                with transaction.atomic():
                    plan_settle(plan=self.plan, today=day(on))
            while events and events[0].day == on:
                self.event(events.pop(0))
            self.forecasts.append(self.finishes(on))

    def finishes(self, on: int) -> dict[str, int]:
        """Forecast finish of every item that has one, as day numbers of the plan."""
        rows = self.plan.items.exclude(forecast_a=None)
        today, origin = self.calendar.today_number(day(on)), self.calendar.number(day(0))
        found = rows.values_list("key", "forecast_a", "forecast_b")
        return {self.name_of(key): Forecast(a, b).at(today) - origin for key, a, b in found}

    @property
    def log(self) -> dict[str, list[tuple[int, str, str]]]:
        found: dict[str, list[tuple[int, str, str]]] = {name: [] for name in self.levels}
        rows = LevelChange.objects.filter(item__plan=self.plan).select_related("item")
        for row in rows.order_by("id"):
            on = (row.changed_on - day(0)).days
            found[self.name_of(row.item.key)].append((on, row.old_level, row.new_level))
        return found

    @property
    def levels(self) -> dict[str, str]:
        return {self.name_of(i.key): i.level or "on_plan" for i in self.plan.items.all()}

    def event(self, event: Event) -> None:
        with self.change(event.day) as change:
            if event.name in self.key_results:
                self.of_key_result(change, self.key_results[event.name], event)
            else:
                self.of_item(change, self.plan.items.get(key=event.name), event)

    def of_key_result(self, change: PlanChange, key_result: KeyResult, event: Event) -> None:
        if event.kind == "value":
            value = number(event.data["value"])
            assert value is not None
            new = NewCheckIn(key_result=key_result, for_on=day(event.data["on"]), value=value)
            check_ins_add(change=change, check_ins=[new])
            return
        step = {"pause": item_pause, "resume": item_resume, "cancel": item_cancel}[event.kind]
        state = ItemState.PAUSED if event.kind == "resume" else ItemState.OPEN
        states = (state, ItemState.PAUSED) if event.kind == "cancel" else (state,)
        for target in key_result.targets.filter(item__state__in=states).select_related("item"):
            step(change=change, item=target.item)
        key_results_refresh(change=change, key_results=[key_result])

    def of_item(self, change: PlanChange, item: Item, event: Event) -> None:
        data = event.data
        if event.kind == "check_in":
            started = data.get("started_on")
            progress = TaskProgress(
                for_on=day(data["on"]),
                remaining_days=data.get("remaining"),
                percent=data.get("percent"),
                started_on=None if started is None else day(started),
                declared_finish_on=item.declared_finish_on,
            )
            task = Task.objects.select_related("item").get(item=item)
            task_report(change=change, task=task, progress=progress)
        elif event.kind == "finish":
            item_finish(change=change, item=item, finished_on=day(data["on"]))
        elif event.kind == "declare":
            item.declared_finish_on = None if data["on"] is None else day(data["on"])
            item_save(item)
            change.touch(item)
        elif event.kind == "rebaseline":
            days = (day(data["baseline"].start), day(data["baseline"].finish))
            item_rebaseline(change=change, item=item, start_on=days[0], finish_on=days[1])
        else:
            step = {"pause": item_pause, "resume": item_resume, "cancel": item_cancel}
            step[event.kind](change=change, item=item)
