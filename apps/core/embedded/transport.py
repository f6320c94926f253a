"""Celery's broker transport on the embedded server: kombu's pgmq, its address found when needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from kombu.exceptions import OperationalError
from kombu.transport import pgmq

from .broker import prepare_broker
from .errors import EmbeddedError
from .postgres import ensure_running


class Transport(pgmq.Transport):
    """pgmq whose server is started, and whose queues are installed, at the first connection."""

    def _create_pgmq_client(self) -> Any:
        try:
            address = prepare_broker(ensure_running(settings.DATA_FOLDER))
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        client: Any = self.client
        client.transport_options["conn_string"] = address
        return super()._create_pgmq_client()
