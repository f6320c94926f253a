"""The embedded broker: pgmq queues in a database of their own on the embedded server."""

from __future__ import annotations

import logging

from pgmq.install import get_embedded_install_sql

from embedded.postgres import BROKER_DATABASE, Server

BROKER_LOCK = 7_310_001  # any number; pg_advisory_lock of whoever installs


def prepare_broker(server: Server) -> str:
    """Create the broker's database and install pgmq's SQL once; its postgresql:// address.

    The SQL comes with the `pgmq` package (PGMQ, PostgreSQL licence): no extension is needed.
    """
    server.ensure_database(BROKER_DATABASE)
    with server.connect(BROKER_DATABASE) as connection:
        # Held until the connection closes; who comes second then finds the tables.
        connection.execute("SELECT pg_advisory_lock(%s)", [BROKER_LOCK])
        row = connection.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL").fetchone()
        if row is None or not row[0]:
            with connection.transaction():
                connection.execute(get_embedded_install_sql())
            logging.getLogger(__name__).info("broker installed")
    return server.url(BROKER_DATABASE)
