"""Changes of a plan on the real database: what is recomputed, recorded and remembered."""

import datetime as dt
import random
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.choices import values_of
from apps.milestones.models import Task
from apps.milestones.services.tasks import TaskProgress, task_create, task_report
from apps.people.models import User
from apps.plans.engine.errors import CycleError
from apps.plans.models import Item, ItemKind, LevelChange, LinkKind, Plan
from apps.plans.services import plan_change
from apps.plans.services.forecasts import FORECAST
from apps.plans.services.items import item_cancel, item_pause, item_rebaseline, item_resume
from apps.plans.services.links import link_create
from tests.build import first_phase

pytestmark = pytest.mark.django_db

START = dt.date(2026, 1, 1)


def day(number: int) -> dt.date:
    """Day 1 is the plan's first."""
    return START + dt.timedelta(number - 1)


def build(plan: Plan, by: User, spans: list[tuple[int, int]], prefix: str = "") -> list[Task]:
    phase = first_phase(plan)
    with plan_change(plan=plan, by=by, reason="plan", on=START) as change:
        return [
            task_create(
                change=change,
                parent=phase,
                item=Item(
                    kind=ItemKind.TASK,
                    key=f"{prefix}{number}",
                    name=f"Task {number}",
                    start_on=day(first),
                    finish_on=day(last),
                ),
            )
            for number, (first, last) in enumerate(spans)
        ]


def fresh(task: Task) -> Task:
    return Task.objects.select_related("item").get(pk=task.pk)


def forecasts(plan: Plan) -> list[tuple[object, ...]]:
    return list(plan.items.order_by("id").values_list(*FORECAST))


def test_the_worked_example_stands_in_the_rows(plan: Plan, pmo: User) -> None:
    first, second = build(plan, pmo, [(1, 30), (31, 70)])
    with plan_change(plan=plan, by=pmo, reason="link", on=START) as change:
        link_create(change=change, predecessor=first.item, successor=second.item)
    with plan_change(plan=plan, by=pmo, reason="report", on=day(21)) as change:
        task_report(
            change=change,
            task=fresh(first),
            progress=TaskProgress(for_on=day(20), percent=40),
        )
    a, b = plan.items.order_by("id")
    origin = START.toordinal() - 1
    assert (a.forecast_a - origin, a.forecast_b, a.level) == (38, 10, "orange")
    assert (b.forecast_a - origin, b.forecast_b, b.level) == (78, 50, "orange")
    assert (a.next_change_on, b.next_change_on) == (day(30), day(33))
    assert (b.driver_id, b.root_id, b.stall_root_id) == (a.pk, a.pk, a.pk)


def random_step(plan: Plan, by: User, tasks: list[Task], today: int, rng: random.Random) -> None:
    task = fresh(rng.choice(tasks))
    with plan_change(plan=plan, by=by, reason="step", on=day(today)) as change:
        verb = rng.choice(["report", "report", "report", "pause", "resume", "cancel", "replan"])
        item = task.item
        if item.state in {"finished", "cancelled"}:
            return
        if verb == "report":
            left = rng.randint(0, 40)
            done = day(today - 1) if left == 0 else None
            progress = TaskProgress(for_on=day(today - 1), remaining_days=left, finished_on=done)
            task_report(change=change, task=task, progress=progress)
        elif verb == "pause" and item.state == "open":
            item_pause(change=change, item=item)
        elif verb == "resume" and item.state == "paused":
            item_resume(change=change, item=item)
        elif verb == "cancel" and rng.random() < 0.3:
            item_cancel(change=change, item=item)
        elif verb == "replan":
            moved = item.finish_on + dt.timedelta(rng.randint(0, 20))
            item_rebaseline(change=change, item=item, start_on=item.start_on, finish_on=moved)


@pytest.mark.parametrize("seed", range(6))
def test_recomputing_what_a_change_moves_gives_what_recomputing_all_gives(
    plan: Plan, pmo: User, seed: int
) -> None:
    rng = random.Random(seed)
    spans = [(first, first + rng.randint(0, 30)) for first in rng.sample(range(2, 120), 14)]
    tasks = build(plan, pmo, spans)
    with plan_change(plan=plan, by=pmo, reason="links", on=START) as change:
        for after in range(1, len(tasks)):
            for before in rng.sample(range(after), min(after, 2)):
                link_create(
                    change=change,
                    predecessor=tasks[before].item,
                    successor=tasks[after].item,
                    kind=LinkKind(rng.choice(values_of(LinkKind))),
                    lag_days=rng.randint(-3, 5),
                )
    today = 2
    for _ in range(14):
        today += rng.randint(1, 9)
        random_step(plan, pmo, tasks, today, rng)
    partly = forecasts(plan)
    with plan_change(plan=plan, by=pmo, reason="all", on=day(today)) as change:
        change.touch(*plan.items.all())
    assert forecasts(plan) == partly


def test_a_change_of_level_between_the_last_sweep_and_an_event_is_not_lost(
    plan: Plan, pmo: User
) -> None:
    (task,) = build(plan, pmo, [(1, 100)])
    with plan_change(plan=plan, by=pmo, reason="late news", on=day(30)) as change:
        task_report(
            change=change,
            task=fresh(task),
            progress=TaskProgress(for_on=day(29), remaining_days=71),
        )
    changes = LevelChange.objects.order_by("id").values_list("changed_on", "new_level")
    assert list(changes) == [(day(9), "yellow"), (day(19), "orange"), (day(30), "on_plan")]


def test_links_in_a_circle_are_refused_and_nothing_is_written(plan: Plan, pmo: User) -> None:
    first, second = build(plan, pmo, [(1, 10), (11, 20)])

    def make_circle() -> None:
        with plan_change(plan=plan, by=pmo, reason="circle", on=START) as change:
            link_create(change=change, predecessor=first.item, successor=second.item)
            link_create(change=change, predecessor=second.item, successor=first.item)

    with pytest.raises(CycleError) as refusal:
        make_circle()
    assert set(refusal.value.cycles[0]) == {first.pk, second.pk}
    assert not plan.links.exists()


def test_a_change_costs_the_same_statements_however_many_items_move(plan: Plan, pmo: User) -> None:
    counts = []
    for size in (3, 30):
        spans = [(1 + 5 * place, 5 + 5 * place) for place in range(size)]
        tasks = build(plan, pmo, spans, prefix=f"{size}-")
        with plan_change(plan=plan, by=pmo, reason="chain", on=START) as change:
            for before, after in pairwise(tasks):
                link_create(change=change, predecessor=before.item, successor=after.item)
        with (
            CaptureQueriesContext(connection) as queries,
            plan_change(plan=plan, by=pmo, reason="late", on=day(4)) as change,
        ):
            progress = TaskProgress(for_on=day(3), remaining_days=30)
            task_report(change=change, task=fresh(tasks[0]), progress=progress)
        counts.append(len(queries))
    assert counts[0] == counts[1]
