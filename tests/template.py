"""One migrated database that the databases of all test processes are copied from.

It outlives the run and serves the next one for as long as no migration and no model has changed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django import get_version
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

LOCK = 7_310_100  # advisory: shared while a database is copied, exclusive while a template is made


def fingerprint() -> str:
    """Of all that decides what `migrate` leaves: migrations, and models with their permissions."""
    digest = hashlib.sha256(get_version().encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"\n{config.name}/{path.name}\n".encode() + path.read_bytes())
        for model in config.get_models():
            rights = (*model._meta.default_permissions, *model._meta.permissions)
            digest.update(f"\n{model._meta.label} {rights}".encode())
    return digest.hexdigest()[:16]


@contextmanager
def template(made_by: str | None = None) -> Iterator[str]:
    """The name of the template, made if there is none; nobody removes it before the end.

    With ``made_by``, the mark of a run, one that another run made is made anew.
    """
    family = f"test_{connection.settings_dict['NAME']}_template_"
    name = family + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
        if not is_finished(cursor, name, made_by):
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [LOCK])
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            if not is_finished(cursor, name, made_by):  # nobody was quicker
                drop_family(cursor, family)
                make(cursor, name, made_by or "")
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        yield name


def is_finished(cursor: CursorWrapper, name: str, made_by: str | None) -> bool:
    """Whether it is there, whole, and made by that run if one is named."""
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s AND NOT datallowconn",
        [name],
    )
    found = cursor.fetchone()
    return found is not None and made_by in {None, found[0]}


def drop_family(cursor: CursorWrapper, family: str) -> None:
    """Those of other migrations, and one whose maker was killed: it may still be connected."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def make(cursor: CursorWrapper, name: str, made_by: str) -> None:
    """As Django makes a test database; the last step, which closes it to all, says it is whole."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    kept, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, serialize=False)
    finally:
        connection.close()
        connection.close_pool()
        test["NAME"] = kept
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
    quoted = connection.ops.quote_name(name)
    cursor.execute(f"COMMENT ON DATABASE {quoted} IS %s", [made_by])
    cursor.execute(f"ALTER DATABASE {quoted} WITH ALLOW_CONNECTIONS false")
