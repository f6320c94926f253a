"""The task list: filters, order, parts, windows, and a fixed number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.milestones.models import Milestone
from apps.people.models import User
from apps.plans.models import Item, Plan
from apps.plans.services.items import item_cancel, item_finish, item_pause
from tests.build import changing, day, make_milestone, make_tasks, make_team, report

SignIn = Callable[[User], Client]


@pytest.fixture
def milestone(plan: Plan) -> Milestone:
    return make_milestone(plan, "live", 60, name="Membership live")


def fresh(item: Item) -> Item:
    """The item as the database has it now."""
    return Item.objects.get(pk=item.pk)


def page(client: Client, plan: Plan, query: str = "", **headers: str) -> str:
    answer = client.get(f"/plans/{plan.key}/tasks/{query}", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_tasks_stand_under_their_work_package(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    make_tasks(plan, milestone, 2)
    text = page(as_user(viewer), plan)
    assert "1.1 Package" in text
    assert text.index("1.1 Package") < text.index("Task 1") < text.index("Task 2")
    assert f"/plans/{plan.key}/tasks/1.1.1/" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=task+1", {1}),
        ("?q=1.1.2", {2}),
        ("?level=late", {1, 3}),
        ("?level=red", {1}),
        ("?level=late&state=finished", set()),
        ("?level=on_plan", {2, 4}),
        ("?state=finished", {2}),
        ("?state=paused", {3}),
        ("?state=cancelled", {4}),
        ("?state=silent", {1}),
        ("?owner=me", {1}),
        ("?owner=VIEWER", {1}),
        ("?owner=none", {2, 3, 4}),
        ("?team=green", {4}),
        ("?milestone=live&phase=1", {1, 2, 3, 4}),
        ("?level=nonsense&team=nonsense", {1, 2, 3, 4}),
        ("?q=%00", {1, 2, 3, 4}),
        ("?q=nothing+like+it", set()),
    ],
)
def test_filters_narrow_the_list(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User, *, query: str, shown: set[int]
) -> None:
    team = make_team(plan, key="green", name="Green line")
    late, finished, paused, cancelled = make_tasks(plan, milestone, 4)
    with changing(plan, on=5) as change:
        item_finish(change=change, item=fresh(finished), finished_on=day(4))
        item_pause(change=change, item=fresh(paused))
        item_cancel(change=change, item=fresh(cancelled))
    late.owner, cancelled.team = viewer, team
    late.save(update_fields=["owner"])
    cancelled.save(update_fields=["team"])
    report(late, 6, remaining_days=60)
    text = page(as_user(viewer), plan, query.replace("VIEWER", viewer.username))
    assert {number for number in range(1, 5) if f">Task {number}</a>" in text} == shown
    assert ("No task matches" in text) is not shown


def test_sorting_by_level_puts_open_late_tasks_first(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    finished, late = make_tasks(plan, milestone, 2)
    (on_plan,) = make_tasks(plan, milestone, 1, start_on=day(300), finish_on=day(330))
    report(late, 20, remaining_days=60)
    report(finished, 40, finished_on=day(40))
    text = page(as_user(viewer), plan, "?sort=level")
    assert text.index(f">{late.name}<") < text.index(f">{on_plan.name}<")
    assert text.index(f">{on_plan.name}<") < text.index(f">{finished.name}<")
    assert "1.1 Package" not in text


def test_sorting_by_due_day_ignores_the_order_of_the_wbs(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    make_tasks(plan, milestone, 1)
    make_tasks(plan, milestone, 1, finish_on=day(10))
    text = page(as_user(viewer), plan, "?sort=due")
    assert text.index(">Task 2<") < text.index(">Task 1<")


def test_a_late_task_names_the_task_that_delays_it(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    (cause,) = make_tasks(plan, milestone, 1)
    report(cause, 20, remaining_days=90)
    answer = as_user(viewer).get(f"/plans/{plan.key}/milestones/")
    assert f'href="/plans/{plan.key}/tasks/{cause.key}/"' in answer.content.decode()


def test_htmx_gets_the_rows_only(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    make_tasks(plan, milestone, 1)
    text = page(as_user(viewer), plan, **{"HX-Request": "true", "HX-Target": "rows"})
    assert ">Task 1<" in text
    assert "<html" not in text


def test_the_list_comes_in_windows_of_200(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    make_tasks(plan, milestone, 203)
    client = as_user(viewer)
    first, second = page(client, plan), page(client, plan, "?page=2")
    assert first.count('<tr><td class="key">') + first.count('<tr> <td class="key">') == 200
    assert ">Task 203<" in second
    assert ">Task 203<" not in first
    assert ">Task 203<" in page(client, plan, "?page=99")


def test_the_number_of_queries_does_not_grow(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    client = as_user(viewer)
    make_tasks(plan, milestone, 2)
    counts = []
    for more in (1, 40):
        make_tasks(plan, milestone, more)
        with CaptureQueriesContext(connection) as queries:
            page(client, plan)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_names_are_escaped(plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User) -> None:
    make_tasks(plan, milestone, 1, name='<script>alert("x")</script>')
    assert "<script>alert" not in page(as_user(viewer), plan)


def test_the_list_speaks_chinese(
    plan: Plan, milestone: Milestone, as_user: SignIn, viewer: User
) -> None:
    make_tasks(plan, milestone, 1)
    text = page(as_user(viewer), plan, **{"Accept-Language": "zh-hans"})
    assert 'lang="zh-Hans"' in text
