"""What the worker does. A lost or repeated message of the broker loses and repeats nothing."""

import datetime as dt
from typing import Any

import structlog
from celery import Task, shared_task
from celery.signals import before_task_publish
from django.db import transaction
from django.utils import timezone

from apps.alerts.services import (
    heartbeat_record,
    mentions_write,
    notifications_send,
    reminders_write,
    sweep,
    target_changes_write,
)
from apps.cadence.tasks import keep_duties

TICK = "apps.alerts.tasks.tick"
# A message that waited longer is of no use: the next tick brings a fresh one.
FRESH_SECONDS = 55

log = structlog.get_logger(__name__)


@before_task_publish.connect(sender=TICK)  # type: ignore[untyped-decorator]
def stamp_tick(headers: dict[str, Any], **_kwargs: object) -> None:
    """Beat writes its own clock on each tick: the worker can tell when beat was last alive."""
    headers["published_at"] = timezone.now().isoformat()


@shared_task(bind=True, name=TICK)  # type: ignore[untyped-decorator]
def tick(self: Task) -> None:
    """Every minute: record who is alive, then sweep and send."""
    published_at = dt.datetime.fromisoformat(self.request.published_at)
    heartbeat_record(part="beat", at=published_at)
    heartbeat_record(part="worker", at=timezone.now())
    for task in (sweep_plans, keep_duties, write_messages, send_notifications):
        task.apply_async(expires=FRESH_SECONDS)


@shared_task  # type: ignore[untyped-decorator]
def sweep_plans() -> None:
    """Settle and tell what is due; then send it at once."""
    swept = sweep()
    if swept.plans or swept.busy:
        log.info("swept", plans=[plan.plan_key for plan in swept.plans], busy=swept.busy)
    if swept.notifications:
        send_notifications.apply_async(expires=FRESH_SECONDS)


@shared_task  # type: ignore[untyped-decorator]
def write_messages() -> None:
    """Remind people of what they owe, tell of mentions and requests; then send it at once."""
    now = timezone.now()
    written = {
        "reminders": reminders_write(now=now),
        "mentions": mentions_write(now=now),
        "target_changes": target_changes_write(now=now),
    }
    if any(written.values()):
        log.info("messages", **written)
        send_notifications.apply_async(expires=FRESH_SECONDS)


@shared_task  # type: ignore[untyped-decorator]
def send_notifications() -> None:
    """Send what waits in the outbox."""
    sent = notifications_send()
    if sent.sent or sent.retried or sent.failed:
        log.info("outbox", sent=sent.sent, retried=sent.retried, failed=sent.failed)


def nudge() -> None:
    """Once the transaction is through, sweep without waiting for the next tick."""
    publish_on_commit(sweep_plans)


def nudge_sender() -> None:
    """Once the transaction is through, send without waiting for the next tick."""
    publish_on_commit(send_notifications)


def publish_on_commit(task: Task) -> None:
    """Only a courtesy: without a broker the change stands, and the next tick finds it."""
    transaction.on_commit(lambda: task.apply_async(expires=FRESH_SECONDS, retry=False), robust=True)
