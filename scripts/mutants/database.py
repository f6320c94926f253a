"""The test database of a mutant: a fresh copy of the tests' template, without Django's migrate."""

from __future__ import annotations

import os
from typing import Any


def database_copies_use() -> None:
    """Have pytest-django take a copy wherever the tests name a template. Before a project's first
    database; nothing happens in a project without Django.
    """
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    from django.conf import settings
    from django.db import connections
    from django.test import utils

    usual = utils.setup_databases

    def copied(**asked: Any) -> Any:
        connection: Any = connections["default"]
        template = connection.settings_dict["TEST"].get("TEMPLATE")
        if not template:
            return usual(**asked)
        own = connection.creation._get_test_db_name()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
        connection.close()
        connection.close_pool()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
        return []

    utils.setup_databases = copied  # type: ignore[assignment]
