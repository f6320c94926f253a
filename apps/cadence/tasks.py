"""What the worker does about duties. Any number may run at once."""

import structlog
from celery import shared_task
from django.utils import timezone

from apps.cadence.services import duties_close, plans_open, reminders_write

log = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def keep_duties() -> None:
    """Write down what is newly owed, and close what is over."""
    now = timezone.now()
    opened, closed = plans_open(now=now), duties_close(now=now)
    if opened or closed:
        log.info("duties", plans=[plan.plan_key for plan in opened], closed=closed)


@shared_task  # type: ignore[untyped-decorator]
def remind() -> None:
    """Remind people of what they owe."""
    written = reminders_write(now=timezone.now())
    if written:
        log.info("reminders", written=written)
