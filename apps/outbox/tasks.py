"""What the worker does for the outbox. A lost or repeated message of the broker loses nothing."""

import datetime as dt
from typing import Any

import structlog
from celery import Task, shared_task
from celery.signals import before_task_publish
from django.utils import timezone

from apps.outbox.services import heartbeat_record, notifications_send
from apps.outbox.services.nudging import SEND

HEARTBEAT = "apps.outbox.tasks.heartbeat"

log = structlog.get_logger(__name__)


@before_task_publish.connect(sender=HEARTBEAT)  # type: ignore[untyped-decorator]
def stamp_heartbeat(headers: dict[str, Any], **_kwargs: object) -> None:
    """Beat writes its own clock on it: the worker can tell when beat was last alive."""
    headers["published_at"] = timezone.now().isoformat()


@shared_task(bind=True, name=HEARTBEAT)  # type: ignore[untyped-decorator]
def heartbeat(self: Task) -> None:
    """Record who is alive: beat at the moment it said so, this worker now."""
    published_at = dt.datetime.fromisoformat(self.request.published_at)
    heartbeat_record(part="beat", at=published_at)
    heartbeat_record(part="worker", at=timezone.now())


@shared_task(name=SEND)  # type: ignore[untyped-decorator]
def send_notifications() -> None:
    """Send what waits in the outbox."""
    sent = notifications_send()
    if sent.sent or sent.retried or sent.failed or sent.withdrawn:
        log.info(
            "outbox",
            sent=sent.sent,
            retried=sent.retried,
            failed=sent.failed,
            withdrawn=sent.withdrawn,
        )
