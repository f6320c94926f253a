"""Worker, broker and mail server for real: a tick becomes a mail; kill -9 loses none."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from apps.core import broker as publishing
from apps.outbox.models import Heartbeat, Notification
from apps.outbox.tasks import HEARTBEAT
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import FIRST_DAY, add_member, make_item, make_member, make_plan, make_user
from tests.mailserver import MailBox
from tests.tasks.outbox.worker import environment, kill, publish_round, worker


@pytest.fixture
def plan(transactional_db: None) -> Plan:
    """Here other processes must see the plan: its rows are committed."""
    return make_plan()


@pytest.fixture
def late(plan: Plan) -> User:
    """The PMO, who reads Chinese, of a plan with a task that nobody reported on."""
    pmo = make_member(plan, Role.PMO, language="zh-hans")
    make_item(plan, "1", 1, 20, name="试点门店装修")
    return pmo


def wait_for(fact: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(params=["embedded", "redis"])
def broker(request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of the broker of `make run`, and of one for production."""
    if request.param == "embedded":
        return {}
    address = os.environ.get("OKRTRACK_TEST_REDIS_URL", "")
    if not address:
        says = "no Redis to test with; set OKRTRACK_TEST_REDIS_URL to its address"
        pytest.fail(says) if os.environ.get("CI") else pytest.skip(says)
    return {"OKRTRACK_BROKER_URL": address}


@pytest.mark.long
@pytest.mark.timeout(240)
def test_a_tick_becomes_a_mail(
    late: User, mailbox: MailBox, tmp_path: Path, broker: dict[str, str]
) -> None:
    env = environment(tmp_path, mailbox) | broker
    before = timezone.now()
    with worker(env):
        publish_round(env)
        wait_for(lambda: len(mailbox.messages) == 1)
        wait_for(lambda: Notification.objects.filter(state="sent").count() == 1)
    assert mailbox.recipients == [late.email]
    assert mailbox.subjects()[0].startswith("红色：试点门店装修")
    beats = dict(Heartbeat.objects.values_list("part", "beaten_at"))
    assert before < beats["beat"] < beats["worker"]


@pytest.mark.long
@pytest.mark.timeout(240)
def test_a_worker_killed_while_it_sends_loses_nothing(
    late: User, mailbox: MailBox, tmp_path: Path
) -> None:
    env = environment(tmp_path, mailbox)
    mailbox.is_hanging = True
    with worker(env) as process:
        publish_round(env)
        wait_for(lambda: mailbox.hung > 0)
        kill(process)
    row = Notification.objects.get()
    assert (row.state, row.attempts) == ("sending", 1)
    mailbox.is_hanging = False
    Notification.objects.update(next_action_at=timezone.now())  # the lease of ten minutes ends
    with worker(env):
        publish_round(env)
        wait_for(lambda: Notification.objects.filter(state="sent").count() == 1)
    assert len(mailbox.messages) == 1
    row.refresh_from_db()
    assert row.attempts == 2


@pytest.fixture
def broker_of_the_worker(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """This process publishes where the worker listens."""
    settings.DATA_FOLDER = tmp_path
    publishing._Process.publisher.submit(lambda: None).result()
    publishing._Process.rests_until = 0.0
    publishing.forget(publishing.broker_of_ours())
    yield
    publishing._Process.publisher.submit(lambda: None).result()
    publishing.forget(publishing.broker_of_ours())


@pytest.mark.timeout(240)
def test_a_level_that_a_save_has_changed_is_mailed_within_seconds(
    *,
    plan: Plan,
    mailbox: MailBox,
    tmp_path: Path,
    client: Client,
    broker_of_the_worker: None,
) -> None:
    """Beat is not running: nothing but the save itself wakes the worker."""
    owner, pmo = make_user(), make_user()
    add_member(plan, owner)
    add_member(plan, pmo, Role.PMO)
    today = (plan.today() - FIRST_DAY).days + 1
    task = make_item(plan, "1", today - 10, today + 20, on=today - 10, owner=owner, name="Fit-out")
    client.force_login(owner)
    row = f"task-{task.pk}"
    data = {f"{row}-value": "90", f"{row}-seen": "0", f"{row}-note": "More to do."}
    with worker(environment(tmp_path, mailbox)):
        publishing.publish(HEARTBEAT, ())
        wait_for(Heartbeat.objects.exists)
        saved = client.post(f"/plans/{plan.key}/week/{row}/", data)
        assert saved.status_code == 200
        wait_for(lambda: len(mailbox.messages) == 2, 15)
        wait_for(lambda: Notification.objects.filter(state="sent").count() == 2)
    assert sorted(mailbox.recipients) == sorted([owner.email, pmo.email])
    assert mailbox.subjects()[0].startswith("Red: Fit-out is")
