"""The template of the test databases: whole or not there, and made anew when it has to be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from apps.plans.models import Plan
from tests.template import drop_family, fingerprint, is_finished


@pytest.fixture
def family(worker_id: str) -> str:
    """Names of this process that are nobody's template."""
    return f"test_of_templates_{worker_id}_"


@pytest.fixture
def server(db: None, family: str) -> Iterator[CursorWrapper]:
    """The database server; what a test leaves of the family is dropped."""
    with connection._nodb_cursor() as cursor:
        yield cursor
        drop_family(cursor, family)


def test_a_changed_migration_or_permission_asks_for_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprint()
    assert fingerprint() == before
    monkeypatch.setattr(Plan._meta, "permissions", [("may", "may")])
    assert len({before, fingerprint()}) == 2
    monkeypatch.undo()
    assert fingerprint() == before
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    monkeypatch.setattr(apps.get_app_config("plans"), "path", str(tmp_path))
    seen = {before, fingerprint()}
    for name, text in (("0001_a.py", "1"), ("0001_a.py", "2"), ("0002_b.py", "2")):
        (migrations / name).write_text(text)
        seen.add(fingerprint())
    assert len(seen) == 5


def test_what_a_killed_maker_left_is_not_whole_and_is_dropped(
    server: CursorWrapper, family: str
) -> None:
    name = f"{family}a"
    assert not is_finished(server, name, None)
    server.execute(f"CREATE DATABASE {name}")
    assert not is_finished(server, name, None)
    killed = connection.copy()
    killed.settings_dict.update(NAME=name, OPTIONS={})
    killed.connect()  # the server has not noticed its end yet
    server.execute(f"CREATE DATABASE {family}b ALLOW_CONNECTIONS false")
    drop_family(server, family)
    server.execute("SELECT 1 FROM pg_database WHERE starts_with(datname, %s)", [family])
    assert server.fetchall() == []
    killed.close()


def test_a_run_that_wants_its_own_does_not_take_anothers(
    server: CursorWrapper, family: str
) -> None:
    name = f"{family}a"
    server.execute(f"CREATE DATABASE {name} ALLOW_CONNECTIONS false")
    assert is_finished(server, name, None)
    assert not is_finished(server, name, "mine")
    server.execute(f"COMMENT ON DATABASE {name} IS 'mine'")
    assert is_finished(server, name, "mine")
    assert not is_finished(server, name, "another")


@pytest.mark.django_db
def test_the_copy_holds_every_migration() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert "_template_" in connection.settings_dict["TEST"]["TEMPLATE"]
