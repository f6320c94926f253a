"""A test database for every mutant, copied from one that was migrated once."""

from __future__ import annotations

from typing import Any, LiteralString

TEMPLATE = "mutants_template"


def database_take(version: str) -> None:
    """Point Django at a fresh copy. ``version`` names what the template was made of."""
    from django.db import connections
    from psycopg import sql

    settings = connections["default"].settings_dict
    own = f"test_{settings['NAME'].removeprefix('test_')}"
    template = f"{TEMPLATE}_{version}"
    if not _rows("SELECT 1 FROM pg_database WHERE datname = {}", sql.Literal(template)):
        _template_make(own, template)
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(own))
    _run("CREATE DATABASE {} TEMPLATE {}", sql.Identifier(own), sql.Identifier(template))
    settings["NAME"] = own


def _template_make(own: str, template: str) -> None:
    from django.db import connections
    from django.test.utils import setup_databases
    from psycopg import sql

    for (name,) in _rows(
        "SELECT datname FROM pg_database WHERE datname LIKE {}", sql.Literal(f"{TEMPLATE}%")
    ):
        _run("DROP DATABASE {} WITH (FORCE)", sql.Identifier(name))
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(own))
    setup_databases(verbosity=0, interactive=False)
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    _run("ALTER DATABASE {} RENAME TO {}", sql.Identifier(own), sql.Identifier(template))


def _rows(query: LiteralString, *parts: Any) -> list[tuple[Any, ...]]:
    import psycopg
    from django.db import connections
    from psycopg import sql

    settings = connections["default"].settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as connection:
        cursor = connection.execute(sql.SQL(query).format(*parts))
        return cursor.fetchall() if cursor.description else []


def _run(query: LiteralString, *parts: Any) -> None:
    _rows(query, *parts)
