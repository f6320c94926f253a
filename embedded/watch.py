"""What `manage.py run` looks at while its parts run: the database, and the first green health."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable

from django.conf import settings

from embedded.errors import EmbeddedError
from embedded.folder import DataFolder
from embedded.postgres import ensure_running, find_running
from embedded.startup import Say, database_fault

DATABASE_SECONDS = {True: 1.0, False: 5.0}  # between looks: embedded, external
HEALTH_SECONDS = 0.5
PATIENCE_SECONDS = 90.0


class Watch:
    """Called by the supervisor a few times a second; tells what changed, once."""

    def __init__(
        self,
        folder: DataFolder,
        port: int,
        *,
        say: Say,
        is_steady: Callable[[], bool],
        on_ready: Callable[[], None],
    ) -> None:
        self.folder = folder
        self.port = port
        self.say = say
        self.is_steady = is_steady
        self.on_ready = on_ready
        self.is_ready = False
        self.fault = ""
        self.database_at = 0.0
        self.health_at = 0.0
        self.impatient_at = time.monotonic() + PATIENCE_SECONDS

    def look(self) -> None:
        """One round; returns within about two seconds even when something hangs."""
        now = time.monotonic()
        if now >= self.database_at:
            self.look_at_database()
            self.database_at = now + DATABASE_SECONDS[settings.IS_EMBEDDED]
        if not self.is_ready and now >= self.health_at and self.is_steady():
            self.look_at_health()
            self.health_at = now + HEALTH_SECONDS

    def look_at_database(self) -> None:
        """Say when the database goes and comes back; start the embedded one again."""
        fault = self.embedded_fault() if settings.IS_EMBEDDED else database_fault()
        if fault and fault != self.fault:
            self.say("database", fault)
        if self.fault and not fault:
            self.say("database", "is back")
        self.fault = fault

    def embedded_fault(self) -> str:
        """Why the embedded server cannot be used, after trying to start it; empty if it can."""
        if find_running(self.folder.root) is not None:
            return ""
        try:
            ensure_running(self.folder.root)
        except EmbeddedError as error:
            return str(error)
        self.say("database", "PostgreSQL had ended and was started again")
        return ""

    def look_at_health(self) -> None:
        """Call `on_ready` at the first good health; say what is missing if that takes long."""
        missing = missing_parts(self.port)
        if not missing:
            self.is_ready = True
            self.on_ready()
        elif time.monotonic() > self.impatient_at:
            self.impatient_at = time.monotonic() + PATIENCE_SECONDS
            self.say("run", f"not ready yet: {', '.join(missing)}")


def missing_parts(port: int) -> list[str]:
    """The parts that /healthz reports as down; `web` if it does not answer; empty if all are up."""
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip("*")), "localhost")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": host.lstrip("*").lstrip(".")})
        answer = connection.getresponse()
        if answer.status == 200:
            return []
        parts = json.loads(answer.read())["parts"]
        return [name for name, is_up in parts.items() if not is_up]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ["web"]
    finally:
        connection.close()
