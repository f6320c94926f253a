"""Worker, broker and mail server for real: a tick becomes a mail; kill -9 loses none."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from apps.outbox.models import Heartbeat, Notification
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role
from tests.factories import PlanFactory, UserFactory, make_item
from tests.mailserver import MailBox
from tests.tasks.outbox.worker import environment, kill, publish_round, worker


@pytest.fixture
def plan(transactional_db: None) -> Plan:
    """Here other processes must see the plan: its rows are committed."""
    return PlanFactory.create()


@pytest.fixture
def late(plan: Plan) -> User:
    """The PMO, who reads Chinese, of a plan with a task that nobody reported on."""
    pmo = UserFactory.create(language="zh-hans")
    Membership.objects.create(plan=plan, user=pmo, role=Role.PMO)
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
