"""Celery: the worker and what it does every minute. Waiting lives in rows, never in the broker."""

import os

from celery import Celery
from celery.signals import beat_init, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")

# What each app does every minute, in this order; one that waited longer makes way for the next.
EVERY_MINUTE = (
    "apps.outbox.tasks.heartbeat",
    "apps.alerts.tasks.sweep_plans",
    "apps.cadence.tasks.keep_duties",
    "apps.cadence.tasks.remind",
    "apps.outbox.tasks.send_notifications",
)
FRESH_SECONDS = 55

app = Celery("okrtrack")
app.config_from_object("django.conf:settings", namespace="CELERY")  # the broker
app.conf.update(
    timezone="UTC",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=300,
    task_time_limit=330,
    worker_prefetch_multiplier=4,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    beat_schedule={
        name: {"task": name, "schedule": 60.0, "options": {"expires": FRESH_SECONDS}}
        for name in EVERY_MINUTE
    },
)
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_logging(**_kwargs: object) -> None:
    """Django's logging is set up already; Celery would put its own on top."""


@beat_init.connect  # type: ignore[untyped-decorator]
def run_all_at_once(**_kwargs: object) -> None:
    """Beat waits a whole interval before its first round; a start should not."""
    for name in EVERY_MINUTE:
        app.send_task(name, expires=FRESH_SECONDS)
