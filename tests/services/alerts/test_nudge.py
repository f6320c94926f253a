"""A change that leaves a level pending wakes the sweep of its plan: once, and at no cost."""

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.alerts.services import sweep
from apps.approvals.services.requests import request_preview
from apps.core import broker
from apps.core.broker import Publish
from apps.people.models import User
from apps.plans.models import Item, Plan
from apps.plans.services.items import item_cancel
from tests.build import (
    ask_for_more,
    changing,
    day,
    link,
    make_item,
    make_key_result,
    make_objective,
    report,
    signer,
)

Capture = DjangoCaptureOnCommitCallbacks


def nudges(callbacks: list[Callable[[], Any]]) -> list[tuple[Any, ...]]:
    """Plans whose sweep is woken."""
    found = [one for one in callbacks if isinstance(one, Publish)]
    assert {one.task for one in found} <= {"apps.alerts.tasks.sweep_plan"}
    return [one.args for one in found]


@pytest.fixture
def item(plan: Plan) -> Item:
    """A task of thirty days."""
    return make_item(plan, "A", 1, 30)


def test_a_report_that_makes_an_item_late_wakes_the_sweep(
    plan: Plan, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        report(item, 20, remaining_days=18)
    assert nudges(callbacks) == [(plan.pk,)]


def test_what_moves_along_wakes_it_too(
    plan: Plan, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    link(item, make_item(plan, "M", 30, 30, kind="milestone"))
    report(item, 20, remaining_days=18)
    sweep(today=day(20))
    Item.objects.filter(key="M").update(alerted_level="on_plan")
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        report(item, 21, remaining_days=17)
    assert nudges(callbacks) == [(plan.pk,)]


@pytest.mark.parametrize("remaining", [27, 26])
def test_a_report_that_changes_no_level_wakes_nobody(
    item: Item, remaining: int, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        report(item, 3, remaining_days=remaining)
    assert nudges(callbacks) == []


def test_what_was_told_already_wakes_nobody(
    plan: Plan, pmo: User, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    report(item, 20, remaining_days=18)
    sweep(today=day(20))
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        report(item, 21, remaining_days=17)
    assert nudges(callbacks) == []


@pytest.mark.parametrize("how", ["finished", "cancelled", "back on plan"])
def test_the_end_of_an_alert_wakes_the_sweep(
    plan: Plan, item: Item, how: str, django_capture_on_commit_callbacks: Capture
) -> None:
    report(item, 20, remaining_days=18)
    sweep(today=day(20))
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        if how == "finished":
            report(item, 38, finished_on=day(38))
        elif how == "back on plan":
            report(item, 21, remaining_days=3)
        else:
            with changing(plan, on=21, reason="no") as change:
                item_cancel(change=change, item=Item.objects.get(pk=item.pk))
    assert nudges(callbacks) == [(plan.pk,)]


def test_what_waiting_changed_is_told_after_any_change(
    plan: Plan, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    """A change settles what was due before it."""
    with (
        django_capture_on_commit_callbacks() as callbacks,
        changing(plan, on=25, reason="look"),
    ):
        pass
    assert nudges(callbacks) == [(plan.pk,)]


def test_a_hundred_changes_of_one_transaction_wake_it_once(
    plan: Plan, django_capture_on_commit_callbacks: Capture
) -> None:
    items = [make_item(plan, f"T{number}", 1, 30) for number in range(20)]
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        for item in items:
            report(item, 20, remaining_days=18)
    assert nudges(callbacks) == [(plan.pk,)]


def test_what_is_undone_wakes_nobody_and_holds_no_other_back(
    plan: Plan, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    other = make_item(plan, "B", 1, 30)
    with django_capture_on_commit_callbacks() as callbacks:
        with transaction.atomic():
            report(item, 20, remaining_days=18)
            transaction.set_rollback(True)
        assert nudges([one[1] for one in connection.run_on_commit]) == []
        report(other, 20, remaining_days=18)
    assert nudges(callbacks) == [(plan.pk,)]


def test_a_preview_wakes_nobody(plan: Plan, django_capture_on_commit_callbacks: Capture) -> None:
    asked = ask_for_more(make_key_result(make_objective(plan), targets=((day(300), "45"),)))
    Item.objects.update(alerted_level="red")  # whatever it is looked at: it differs
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        request_preview(request=asked, by=signer())
    assert nudges(callbacks) == []


def test_the_sweep_wakes_the_sender_and_not_itself(
    plan: Plan, pmo: User, item: Item, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        sweep(today=day(25))
    assert callbacks == [Publish("apps.outbox.tasks.send_notifications")]


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def broken_broker(
    request: pytest.FixtureRequest, silent_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broker that refuses connections, or one that never answers."""
    port = 9 if request.param == "refuses" else silent_server
    monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")
    monkeypatch.setattr(broker._Process, "rests_until", 0.0)


@pytest.mark.parametrize("broken_broker", ["refuses", "is silent"], indirect=True)
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_neither_fails_nor_slows_the_change(
    transactional_db: None, broken_broker: None, plan: Plan
) -> None:
    item = make_item(plan, "A", 1, 30)
    broker._Process.publisher.submit(lambda: None).result()
    with transaction.atomic():
        report(item, 20, remaining_days=18)
        began = time.perf_counter()
    assert time.perf_counter() - began < 0.5
    assert Item.objects.get().level == "orange"
    broker._Process.publisher.submit(lambda: None).result()
    assert time.perf_counter() - began < 30
    assert broker._Process.rests_until > time.monotonic() + 30
    began = time.perf_counter()
    broker.publish("apps.alerts.tasks.sweep_plan", (plan.pk,))  # left alone: no second attempt
    assert time.perf_counter() - began < 0.1
