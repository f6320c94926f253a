"""Celery's broker transport on the embedded server: kombu's pgmq, its address found when needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from kombu.exceptions import OperationalError
from kombu.transport import pgmq

from embedded.broker import prepare_broker
from embedded.errors import EmbeddedError
from embedded.postgres import ensure_running

NOTIFY_LOCK = 7_310_002  # any number; held by whoever turns notifications on


class Channel(pgmq.Channel):
    """pgmq's channel, which turns a queue's notifications on once, not at every declaration.

    Turning them on replaces a trigger: two processes that do so at once deadlock.
    """

    def _maybe_enable_notify(self, queue: str, queue_name: str | None = None) -> None:
        """At a declaration (with `queue_name`) turn on; at a consumption (without) listen too."""
        if not self.use_notify:
            return
        name = queue_name or self._queue_name(queue)
        pool: Any = self.pgmq.pool
        with pool.connection() as connection:
            # Let go at the commit, together with the trigger.
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [NOTIFY_LOCK])
            found = connection.execute(
                "SELECT 1 FROM pgmq.notify_insert_throttle WHERE queue_name = %s", [name]
            )
            if found.fetchone() is None:  # never turned on, or forgotten in a crash
                milliseconds = self.notify_throttle_interval_ms
                connection.execute("SELECT pgmq.enable_notify_insert(%s, %s)", [name, milliseconds])
        if queue_name is None:
            self.connection._register_notify_queue(name)


class Transport(pgmq.Transport):
    """pgmq whose server is started, and whose queues are installed, at the first connection."""

    Channel = Channel

    def _create_pgmq_client(self) -> Any:
        try:
            address = prepare_broker(ensure_running(settings.DATA_FOLDER))
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        client: Any = self.client
        client.transport_options["conn_string"] = address
        return super()._create_pgmq_client()
