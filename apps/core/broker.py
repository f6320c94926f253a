"""Wakes a task of the worker once a transaction is through: a courtesy, never a condition.

What waits stands in the database, and the periodic tasks find it within a minute. So nobody waits
for the broker: a thread of the process publishes, in one attempt.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.connection import Connection
from kombu.pools import connections, producers

# A message that waited longer is of no use: the next minute brings a fresh one.
FRESH_SECONDS = 55
# A broker that did not answer is left alone for so long.
REST_SECONDS = 60
# One attempt, and so many seconds of patience with a server that does not answer.
PATIENCE = 5
OPTIONS = {
    "max_retries": 0,
    "connect_retries_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "socket_timeout": PATIENCE,
    "pool_timeout": PATIENCE,
}

log = structlog.get_logger(__name__)


class _Process:
    """What this process has: the thread that publishes, and until when (monotonic seconds) it
    leaves the broker alone.
    """

    # One thread: while the broker is away one message waits for it, the others find it resting.
    publisher = ThreadPoolExecutor(1, "broker")
    rests_until = 0.0

    @classmethod
    def renew(cls) -> None:
        """A forked child has no threads of its parent."""
        cls.publisher = ThreadPoolExecutor(1, "broker")


os.register_at_fork(after_in_child=_Process.renew)


@dataclass(frozen=True, slots=True)
class Publish:
    """Has a task published when called; equal to any other for the same task and arguments."""

    task: str
    args: tuple[Any, ...] = ()

    def __call__(self) -> None:
        # The context goes along, so that the lines of the log still say which request it was.
        _Process.publisher.submit(copy_context().run, publish, self.task, self.args)


def publish_on_commit(task: str, *args: Any) -> None:
    """Once the transaction is through, publish a task; the same one once a transaction.

    What waits for the commit already will do: Django drops it when its savepoint is undone, and a
    savepoint that is still open then holds this call as well.
    """
    wanted = Publish(task, args)
    if not any(waiting[1] == wanted for waiting in connection.run_on_commit):
        # Robust: the change is saved, so an error here must not reach whoever saved it.
        transaction.on_commit(wanted, robust=True)


def publish(task: str, args: tuple[Any, ...]) -> None:
    """Hand a message to the broker; what fails is logged, and the broker left alone for a while."""
    if time.monotonic() < _Process.rests_until:
        return
    broker = broker_of_ours()
    try:
        with producers[broker].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(task, args, expires=FRESH_SECONDS, retry=False, producer=producer)
    except Exception as problem:  # whatever a transport raises: the change stands
        _Process.rests_until = time.monotonic() + REST_SECONDS
        forget(broker)
        log.warning("broker away", task=task, error=f"{type(problem).__name__}: {problem}")


def broker_of_ours() -> Connection:
    """Where to publish: not Celery's own connections, which try again and again."""
    found: Connection = current_app.connection_for_write(
        connect_timeout=PATIENCE, transport_options=OPTIONS
    )
    return found


def forget(broker: Connection) -> None:
    """Drop the pools of a broker that failed: the next attempt connects anew."""
    for pools in (producers, connections):
        pool = pools[broker]
        del pools[broker]
        pool.force_close_all()
