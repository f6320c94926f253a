"""The arithmetic behind a colour: every number of it is on the page."""

from collections.abc import Callable
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.people.models import User
from apps.plans.models import Item, ItemKind, LinkKind, Plan
from apps.plans.services.items import item_cancel, item_finish, item_pause, item_rebaseline
from tests.build import (
    changing,
    check_in,
    day,
    link,
    make_item,
    make_key_result,
    make_objective,
    make_user,
    report,
)

SignIn = Callable[[User], Client]


@pytest.fixture
def visit(as_user: SignIn, viewer: User) -> Callable[..., str]:
    """``visit(item, on=41)``: the page of its arithmetic as of a day of the plan."""

    def go(item: Item, on: int, **headers: str) -> str:
        client = as_user(viewer)
        with time_machine.travel(f"{day(on).isoformat()}T04:00:00Z", tick=False):
            client.force_login(viewer)
            answer = client.get(f"/plans/{item.plan.key}/items/{item.pk}/why/", headers=headers)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return go


def test_work_in_progress_shows_the_whole_sum(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "1.1", 1, 100)
    report(item, 40, percent=25)
    page = visit(item, 41)
    assert "15 days late on 100 planned days: 15%" in page
    assert "last check-in 9 Feb 2026 + 75 days left" in page
    assert "25 Apr 2026" in page
    assert "+ 67 days = 75 left − 1 − 7 grace" in page
    assert "15 of 100 planned days" in page
    assert "more than 10, up to 30%" in page
    assert '<time datetime="2026-03-05"' in page  # red from day 64
    assert "25% done" in page


def test_what_was_never_reported_rests_on_the_plan(plan: Plan, visit: Callable[..., str]) -> None:
    page = visit(make_item(plan, "1.1", 1, 100), 1)
    assert "not started: the day before the planned start + 100 days of work" in page
    assert "none yet" in page
    assert "It has been on plan from its first day." in page


def test_a_driver_is_named_with_its_owner_and_what_it_moves(
    plan: Plan, visit: Callable[..., str], viewer: User
) -> None:
    first = make_item(plan, "A", 1, 30, name="Upgrade the lines", owner=viewer)
    second = make_item(plan, "B", 31, 70, name="Raise output")
    last = make_item(plan, "M", 70, 70, kind=ItemKind.MILESTONE, name="Line at scale")
    link(first, second)
    link(second, last)
    report(first, 20, remaining_days=18)
    page = visit(last, 21)
    assert "“Raise output” finishes on 19 Mar 2026" in page
    assert page.index("Raise output</a>") < page.index("Upgrade the lines</a>")
    assert "finish to start · root cause" in page
    assert "Vic Viewer" in page
    assert "8 days late" in page
    root = visit(first, 21)
    assert "8 days late on 30 planned days: 26.7%" in root
    assert "What it moves" in root
    assert "Line at scale</a>" in root


def test_a_declared_finish_is_shown_beside_the_computed_one(
    plan: Plan, visit: Callable[..., str]
) -> None:
    item = make_item(plan, "1.1", 1, 100)
    report(item, 40, remaining_days=60, declared_finish_on=day(130))
    page = visit(item, 41)
    assert "the owner&#x27;s own finish date, later than the reports say" in page
    assert "30 days late" in page


def test_a_silent_item_that_waits_says_so(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "1.1", 1, 100)
    report(item, 10, remaining_days=90)
    page = visit(item, 40)
    assert "Nothing was reported since 10 Jan 2026." in page
    assert "lv-silent" in page


@pytest.mark.parametrize("state", ["paused", "finished", "cancelled"])
def test_a_state_is_a_sentence(plan: Plan, visit: Callable[..., str], state: str) -> None:
    item = make_item(plan, "1.1", 1, 100)
    with changing(plan, on=40) as change:
        if state == "finished":
            item_finish(change=change, item=item, finished_on=day(39))
        elif state == "paused":
            item_pause(change=change, item=item)
        else:
            item_cancel(change=change, item=item)
    page = visit(item, 41)
    sentences = {
        "paused": "Paused since 9 Feb 2026: its alert is muted",
        "finished": "Finished on 8 Feb 2026. The level at closing stays as the outcome.",
        "cancelled": "Cancelled: it has left alerts, roll-ups and the network of links.",
    }
    assert sentences[state] in page
    if state == "finished":
        assert "61 days early" in page


def test_the_first_baseline_stays_beside_the_one_in_force(
    plan: Plan, visit: Callable[..., str]
) -> None:
    item = make_item(plan, "1.1", 1, 100)
    report(item, 40, remaining_days=75)
    with changing(plan, on=41, reason="Supplier moved") as change:
        item.refresh_from_db()
        item_rebaseline(change=change, item=item, start_on=day(1), finish_on=day(130))
    page = visit(item, 42)
    assert "version 2, signed on" in page
    assert "Supplier moved" in page
    assert 'planned finish then: <time datetime="2026-04-10"' in page


def test_nobody_owns_it_is_said(plan: Plan, visit: Callable[..., str]) -> None:
    assert "Nobody owns it. Only the PMO is told when it is late." in visit(
        make_item(plan, "1.1", 1, 100), 5
    )


def test_htmx_gets_the_part_for_the_drawer(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "1.1", 1, 100)
    part = visit(item, 5, **{"HX-Request": "true", "HX-Target": "drawer-body"})
    assert "<html" not in part
    assert "Open as a page" in part


def test_strangers_and_wrong_plans_find_nothing(
    plan: Plan, as_user: SignIn, viewer: User, django_user_model: type[User]
) -> None:
    item = make_item(plan, "1.1", 1, 100)
    stranger = make_user(username="stranger")
    path = f"/plans/{plan.key}/items/{item.pk}/why/"
    assert as_user(stranger).get(path).status_code == 404
    assert as_user(viewer).get(f"/plans/{plan.key}/items/0/why/").status_code == 404


def test_a_long_chain_costs_no_more_queries(
    plan: Plan, as_user: SignIn, viewer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    items = [make_item(plan, f"1.{n}", 1 + 10 * n, 10 + 10 * n) for n in range(8)]
    for before, after in pairwise(items):
        link(before, after)
    report(items[0], 5, remaining_days=40)
    client = as_user(viewer)
    with django_assert_max_num_queries(12):
        client.get(f"/plans/{plan.key}/items/{items[-1].pk}/why/")


@pytest.mark.parametrize(
    ("kind", "words", "name"),
    [
        (
            LinkKind.SS,
            "“First” starts on 10 Jan 2026, + 39 days that must follow",
            "start to start",
        ),
        (LinkKind.FF, "“First” finishes on 9 Feb 2026", "finish to finish"),
    ],
)
def test_each_kind_of_link_is_put_into_words(
    plan: Plan, visit: Callable[..., str], kind: LinkKind, words: str, name: str
) -> None:
    first = make_item(plan, "A", 1, 30, name="First")
    second = make_item(plan, "B", 1, 40 if kind == LinkKind.SS else 30)
    link(first, second, kind=kind)
    report(first, 15, started_on=day(10), remaining_days=25)
    page = visit(second, 16)
    assert name in page
    assert words in page


def test_a_lag_is_counted_in_words(plan: Plan, visit: Callable[..., str]) -> None:
    first, second = make_item(plan, "A", 1, 30, name="First"), make_item(plan, "B", 34, 40)
    link(first, second, lag_days=3)
    report(first, 20, remaining_days=20)
    assert "finish to start + 3 days" in visit(second, 21)


def test_a_wait_for_a_silent_predecessor_is_said(plan: Plan, visit: Callable[..., str]) -> None:
    first, second = make_item(plan, "A", 1, 30), make_item(plan, "B", 31, 40)
    link(first, second)
    page = visit(second, 60)
    assert "because a predecessor waits" in page


def test_a_pause_assumes_no_progress(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "1.1", 1, 100)
    report(item, 10, remaining_days=90)
    with changing(plan, on=12) as change:
        item.refresh_from_db()
        item_pause(change=change, item=item)
    assert "paused, no progress is assumed" in visit(item, 50)


def test_a_milestone_that_is_over_due_is_not_done(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "M", 20, 20, kind=ItemKind.MILESTONE)
    assert "planned finish" in visit(item, 5)
    assert "and it is not done" in visit(item, 25)


def test_little_work_left_fits_into_the_grace(plan: Plan, visit: Callable[..., str]) -> None:
    item = make_item(plan, "1.1", 1, 10)
    report(item, 5, remaining_days=5)
    assert "the 5 days left fit into the 7 days of grace" in visit(item, 20)


def test_the_target_of_a_key_result_tells_its_value(plan: Plan, visit: Callable[..., str]) -> None:
    key_result = make_key_result(make_objective(plan), targets=((day(100), "65"),))
    target = key_result.targets.get().item
    check_in(key_result, {60: "43"})
    target.refresh_from_db()
    page = visit(target, 61)
    assert "value 43" in page
    assert "of the plan line from this value to the target" in page


def test_without_a_baseline_there_is_a_sentence_and_no_sum(
    plan: Plan, visit: Callable[..., str]
) -> None:
    key_result = make_key_result(make_objective(plan), baseline=None)
    page = visit(key_result.targets.get().item, 10)
    assert "The first value is still to be measured. Until then no forecast can be made." in page
    assert "d / D" not in page


def test_a_later_target_is_called_a_projection(plan: Plan, visit: Callable[..., str]) -> None:
    targets = ((day(100), "50"), (day(200), "65"))
    key_result = make_key_result(make_objective(plan), targets=targets)
    later = key_result.targets.get(due_on=day(200)).item
    assert "A later target: it is a projection." in visit(later, 10)


def test_a_bound_that_was_left_grows_day_by_day(plan: Plan, visit: Callable[..., str]) -> None:
    key_result = make_key_result(
        make_objective(plan),
        kind="keep_at_least",
        baseline=None,
        lower_bound=95,
        targets=((day(100), None),),
    )
    check_in(key_result, {20: "90"})
    target = key_result.targets.get().item
    assert "not yet made up since it left its bounds" in visit(target, 150)
