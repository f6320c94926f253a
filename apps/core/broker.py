"""Wakes a task of the worker once a transaction is through: a courtesy, never a condition.

What waits stands in the database, and the periodic tasks find it within a minute.
"""

import time
from dataclasses import dataclass
from typing import Any

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.connection import Connection
from kombu.pools import connections, producers

# A message that waited longer is of no use: the next minute brings a fresh one.
FRESH_SECONDS = 55
# A broker that did not answer is left alone for so long, so that it slows one change, not each.
REST_SECONDS = 60
# One attempt, and no long wait for a server that does not answer.
OPTIONS = {
    "max_retries": 0,
    "connect_retries_timeout": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "pool_timeout": 1,
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Publish:
    """Publishes a task when called; equal to any other for the same task and arguments."""

    task: str
    args: tuple[Any, ...] = ()

    def __call__(self) -> None:
        if time.monotonic() < _Rest.until:
            return
        try:
            _publish(self.task, self.args)
        except Exception as problem:  # whatever a transport raises: the change stands
            _Rest.until = time.monotonic() + REST_SECONDS
            log.warning("broker away", task=self.task, error=f"{type(problem).__name__}: {problem}")


class _Rest:
    """Until when (monotonic seconds) this process leaves the broker alone."""

    until = 0.0


def publish_on_commit(task: str, *args: Any) -> None:
    """Once the transaction is through, publish a task; the same one once a transaction.

    What waits for the commit already will do: Django drops it when its savepoint is undone, and a
    savepoint that is still open then holds this call as well.
    """
    publish = Publish(task, args)
    if not any(waiting[1] == publish for waiting in connection.run_on_commit):
        transaction.on_commit(publish, robust=True)


def _publish(task: str, args: tuple[Any, ...]) -> None:
    """Hand a message to the broker over connections of our own, in one attempt."""
    broker = current_app.connection_for_write(connect_timeout=1, transport_options=OPTIONS)
    try:
        with producers[broker].acquire(block=True, timeout=1) as producer:
            current_app.send_task(task, args, expires=FRESH_SECONDS, retry=False, producer=producer)
    except Exception:
        forget(broker)
        raise


def forget(broker: Connection) -> None:
    """Drop the pools of a broker that failed: the next attempt connects anew."""
    for pools in (producers, connections):
        pool = pools.pop(broker, None)
        if pool is not None:
            pool.force_close_all()
