"""Says that a part of the system is alive."""

import datetime as dt

from django.db import connection

SQL = """
INSERT INTO outbox_heartbeat (part, beaten_at) VALUES (%s, %s)
ON CONFLICT (part) DO UPDATE
SET beaten_at = greatest(outbox_heartbeat.beaten_at, excluded.beaten_at)
"""


def heartbeat_record(*, part: str, at: dt.datetime) -> None:
    """Record that ``part`` was alive at a moment; an older moment never replaces a newer one."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [part, at])
