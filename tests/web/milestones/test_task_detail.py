"""One task: facts, arithmetic, both directions of its links, reports and baselines."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.people.models import User
from apps.plans.models import Item, LinkKind, Plan
from apps.plans.services.items import item_rebaseline
from tests.build import changing, day, link, make_milestone, make_plan, make_tasks, report

SignIn = Callable[[User], Client]


@pytest.fixture
def tasks(plan: Plan) -> list[Item]:
    """Three tasks in a row, the middle one reported on."""
    milestone = make_milestone(plan, "live", 60, name="Membership live")
    first, middle, last = make_tasks(plan, milestone, 3)
    link(first, middle, kind=LinkKind.SS)
    link(middle, last)
    report(middle, 10, percent=50, note="Two suppliers still owe their data")
    return [first, middle, last]


def page(client: Client, item: Item) -> str:
    answer = client.get(f"/plans/{item.plan.key}/tasks/{item.key}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_shows_what_it_waits_for_and_what_waits_for_it(
    tasks: list[Item], as_user: SignIn, viewer: User
) -> None:
    first, middle, last = tasks
    text = page(as_user(viewer), middle)
    before, after = text.index('id="predecessors"'), text.index('id="successors"')
    assert before < text.index(f">{first.name}<") < after < text.index(f">{last.name}<")
    assert '<abbr title="Start to start">SS</abbr>' in text
    assert '<abbr title="Finish to start">FS</abbr>' in text


def test_it_shows_the_arithmetic_the_reports_and_the_milestone(
    tasks: list[Item], as_user: SignIn, viewer: User
) -> None:
    text = page(as_user(viewer), tasks[1])
    assert "Two suppliers still owe their data" in text
    assert "The arithmetic" in text
    assert "Membership live" in text
    assert f"/plans/{tasks[1].plan.key}/risks/of/{tasks[1].pk}/" in text


def test_every_signed_version_of_the_dates_is_there(
    tasks: list[Item], as_user: SignIn, viewer: User, plan: Plan
) -> None:
    item = Item.objects.get(pk=tasks[0].pk)
    with changing(plan, on=5, reason="Supplier signed late") as change:
        item_rebaseline(change=change, item=item, start_on=day(1), finish_on=day(44))
    text = page(as_user(viewer), item)
    assert "Supplier signed late" in text
    assert "+14 d" in text
    assert "Sue Signer" in text


def test_a_task_alone_says_so(plan: Plan, as_user: SignIn, viewer: User) -> None:
    milestone = make_milestone(plan, "live", 60)
    item, _last = make_tasks(plan, milestone, 2)
    text = page(as_user(viewer), item)
    assert "Nothing: it can start on its own." in text
    assert "Nothing waits for it." in text
    assert "Nothing has been reported yet." in text


@pytest.mark.parametrize("key", ["9.9.9", "%00", "1.1.1%00"])
def test_an_unknown_task_is_not_found(plan: Plan, as_user: SignIn, viewer: User, key: str) -> None:
    assert as_user(viewer).get(f"/plans/{plan.key}/tasks/{key}/").status_code == 404


def test_a_task_of_another_plan_is_not_found(
    tasks: list[Item], plan: Plan, as_user: SignIn, viewer: User
) -> None:
    other = make_plan(key="other", name="Other", months=12)
    assert as_user(viewer).get(f"/plans/{other.key}/tasks/{tasks[0].key}/").status_code == 404
