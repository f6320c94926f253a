"""Which parts of the system are up, as the database knows it."""

import datetime as dt

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from apps.outbox.models import Heartbeat, Notification

READY_PARTS = ("database", "migrations")
# Heartbeats come each minute; one or two may get lost.
FRESH = dt.timedelta(minutes=3)


def read_parts() -> dict[str, bool]:
    """Each part of the system and whether it is up, as the database knows it."""
    now = timezone.now()
    parts = dict.fromkeys(("database", "migrations", "worker", "beat", "outbox"), False)
    try:
        parts["migrations"] = not pending_migrations()
        parts["database"] = True
        if parts["migrations"]:
            beats = dict(Heartbeat.objects.values_list("part", "beaten_at"))
            for part in ("worker", "beat"):
                parts[part] = part in beats and beats[part] > now - FRESH
            # What failed waits on purpose; what nobody has tried for so long has no sender.
            waiting_since = now - dt.timedelta(minutes=30)
            waiting = Notification.objects.due(waiting_since).filter(attempts=0)
            parts["outbox"] = not waiting.exists()
    # What could not be asked counts as down.
    except DatabaseError:
        pass
    return parts


def pending_migrations() -> bool:
    """Whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
