"""A random plan and its random history carried out by the product's own services.

``storable`` first takes from a scenario what the product does not let anybody do; the daily
evaluation then gets the same scenario.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from apps.milestones.models import Task
from apps.milestones.services.tasks import TaskProgress, task_create, task_report
from apps.objectives.models import KeyResult, KeyResultTarget, Objective
from apps.objectives.services import NewCheckIn, check_ins_add, key_results_refresh
from apps.people.models import User
from apps.plans.engine.forecasts import Forecast
from apps.plans.models import Item, ItemKind, ItemState, LevelChange, LinkKind, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services import plan_change
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
from tests.unit.plans.scenario import Baseline, Event, Path, Scenario, Target, target_key

FIRST_DAY = dt.date(2026, 1, 1)


def date(day: int) -> dt.date:
    """Day 1 is the plan's first."""
    return FIRST_DAY + dt.timedelta(days=day - 1)


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
    """Without a baseline the days count from the plan's first; values have six decimals."""

    def kept(target: Target) -> Target:
        return target if target.value is None else replace(target, value=stored(target.value))

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
        self.forecasts: list[dict[str, int]] = []
        with self.change(0) as change:
            self.build(change)

    def change(self, day: int) -> Any:
        return plan_change(plan=self.plan, by=self.by, reason="proof", on=date(day))

    def build(self, change: PlanChange) -> None:
        for key, baseline in self.scenario.tasks.items():
            task_create(change=change, item=self.new_item(ItemKind.TASK, key, baseline))
        for key, baseline in self.scenario.points.items():
            item = self.new_item(ItemKind.MILESTONE, key, baseline)
            item.is_point = True
            item_create(change=change, item=item)
        objective = Objective.objects.create(plan=self.plan, key="o", name="Objective")
        for name, path in self.scenario.paths.items():
            self.measure(change, objective, name, path)
        items = {item.key: item for item in self.plan.items.all()}
        for before, after, kind, lag in self.scenario.links:
            link_create(
                change=change,
                predecessor=items[before],
                successor=items[after],
                kind=LinkKind(kind),
                lag_days=lag,
            )

    @staticmethod
    def new_item(kind: ItemKind, key: str, baseline: Baseline) -> Item:
        days = {"start_on": date(baseline.start), "finish_on": date(baseline.finish)}
        return Item(kind=kind, key=key, name=key, **days)

    def measure(self, change: PlanChange, objective: Objective, name: str, path: Path) -> None:
        first = path.targets[0]
        key_result = KeyResult.objects.create(
            plan=self.plan,
            objective=objective,
            key=name,
            name=name,
            kind=path.kind,
            baseline=number(path.baseline),
            baseline_on=None if path.baseline is None else date(path.start),
            lower_bound=number(first.low),
            upper_bound=number(first.high),
        )
        for index, target in enumerate(path.targets):
            item = Item(kind=ItemKind.TARGET, key=target_key(name, index), name=name)
            item.start_on = item.finish_on = date(target.day)
            item_create(change=change, item=item)
            KeyResultTarget.objects.create(
                item=item,
                key_result=key_result,
                due_on=date(target.day),
                value=number(target.value),
                first_due_on=date(target.day),
                first_value=number(target.value),
            )
        self.key_results[name] = key_result
        key_results_refresh(change=change, key_results=[key_result])

    def run(self) -> None:
        """Sweep on the sweep days only; each event is a change of its own."""
        events = list(self.scenario.events)
        sweeps = set(self.scenario.sweeps)
        for day in range(self.scenario.horizon + 1):
            if day in sweeps:
                with transaction.atomic():
                    plan_settle(plan=self.plan, today=date(day))
            while events and events[0].day == day:
                self.event(events.pop(0))
            self.forecasts.append(self.finishes(day))

    def finishes(self, day: int) -> dict[str, int]:
        """Forecast finish of every item that has one, as day numbers of the plan."""
        rows = self.plan.items.exclude(forecast_a=None)
        today, origin = self.calendar.today_number(date(day)), self.calendar.number(date(0))
        found = rows.values_list("key", "forecast_a", "forecast_b")
        return {key: Forecast(a, b).at(today) - origin for key, a, b in found}

    @property
    def log(self) -> dict[str, list[tuple[int, str, str]]]:
        found: dict[str, list[tuple[int, str, str]]] = {i.key: [] for i in self.plan.items.all()}
        rows = LevelChange.objects.filter(item__plan=self.plan).select_related("item")
        for row in rows.order_by("id"):
            day = (row.changed_on - FIRST_DAY).days + 1
            found[row.item.key].append((day, row.old_level, row.new_level))
        return found

    @property
    def levels(self) -> dict[str, str]:
        return {item.key: item.level or "on_plan" for item in self.plan.items.all()}

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
            new = NewCheckIn(key_result=key_result, for_on=date(event.data["on"]), value=value)
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
                for_on=date(data["on"]),
                remaining_days=data.get("remaining"),
                percent=data.get("percent"),
                started_on=None if started is None else date(started),
                declared_finish_on=item.declared_finish_on,
            )
            task = Task.objects.select_related("item").get(item=item)
            task_report(change=change, task=task, progress=progress)
        elif event.kind == "finish":
            item_finish(change=change, item=item, finished_on=date(data["on"]))
        elif event.kind == "declare":
            item.declared_finish_on = None if data["on"] is None else date(data["on"])
            item_save(item)
            change.touch(item)
        elif event.kind == "rebaseline":
            days = (date(data["baseline"].start), date(data["baseline"].finish))
            item_rebaseline(change=change, item=item, start_on=days[0], finish_on=days[1])
        else:
            step = {"pause": item_pause, "resume": item_resume, "cancel": item_cancel}
            step[event.kind](change=change, item=item)
