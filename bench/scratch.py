"""A database for one benchmark: beside the configured one, dropped at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """Point Django at a new empty database of the same server; afterwards it is gone."""
    home = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    switch(name)
    try:
        yield
    finally:
        switch(home)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def switch(name: str) -> None:
    """Close what is open, and open the next connection to another database."""
    connection.close()
    close_pool: Callable[[], None] | None = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()
    connection.settings_dict["NAME"] = name
