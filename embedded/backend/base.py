"""The database wrapper that starts the embedded server at the first connection."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from embedded.errors import EmbeddedError
from embedded.postgres import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL whose address and password come from the data folder, when they are needed."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters, with the address of the running server."""
        params: dict[str, Any] = super().get_connection_params()
        try:
            server = ensure_running(self.settings_dict["OKRTRACK_DATA"])
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        return params | {
            "host": server.host,
            "port": server.port,
            "user": server.user,
            "password": server.password,
        }
