"""The embedded broker keeps what it was given, whoever is killed."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kombu
import pytest
from pytest_django import Settings

from embedded import local
from embedded.broker import prepare_broker
from embedded.postgres import BROKER_DATABASE, ensure_running, find_running, stop
from embedded.postmaster import running_pid
from tests.tasks.embedded.processes import wait_for


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that the transport uses."""
    monkeypatch.delenv("OKRTRACK_PG_OPTIONS", raising=False)
    settings.DATA_FOLDER = tmp_path / "data"
    yield settings.DATA_FOLDER
    stop(settings.DATA_FOLDER)


def connect() -> kombu.Connection:
    return kombu.Connection(local.BROKER_URL, transport_options=dict(local.BROKER_OPTIONS))


def test_queues_are_installed_once(folder: Path) -> None:
    server = ensure_running(folder)
    assert prepare_broker(server) == server.url(BROKER_DATABASE)
    with server.connect(BROKER_DATABASE) as connection:
        connection.execute("SELECT pgmq.create('kept')")
        prepare_broker(server)
        rows = connection.execute("SELECT queue_name FROM pgmq.list_queues()").fetchall()
    assert rows == [("kept",)]


def test_message_survives_a_killed_server_and_an_unfinished_taker(folder: Path) -> None:
    with connect() as connection:
        connection.SimpleQueue("work").put({"number": 7})
    pid = running_pid((folder / "postgres").resolve())
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: running_pid((folder / "postgres").resolve()) not in (None, pid))
    wait_for(lambda: find_running(folder))
    with connect() as connection:
        message = connection.SimpleQueue("work").get(timeout=20)
        assert message.payload == {"number": 7}
        message.reject(requeue=True)
    with connect() as connection:
        message = connection.SimpleQueue("work").get(timeout=20)
        assert message.payload == {"number": 7}
        message.ack()
        with pytest.raises(connection.SimpleQueue("work").Empty):
            connection.SimpleQueue("work").get_nowait()


def triggers(folder: Path) -> object:
    with ensure_running(folder).connect(BROKER_DATABASE) as connection:
        return connection.execute(
            "SELECT oid FROM pg_trigger WHERE tgname LIKE 'trigger_notify_queue%'"
        ).fetchall()


def declare(_number: int) -> None:
    with connect() as connection:
        connection.SimpleQueue("work").put({"number": 1})


def test_processes_that_declare_a_queue_at_once_do_not_block_each_other(folder: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(declare, range(12)))
    first = triggers(folder)
    declare(0)
    assert triggers(folder) == first
    assert isinstance(first, list)
    assert len(first) == 1


def test_notifications_forgotten_in_a_crash_are_turned_on_again(folder: Path) -> None:
    declare(0)
    first = triggers(folder)
    with ensure_running(folder).connect(BROKER_DATABASE) as connection:
        connection.execute("TRUNCATE pgmq.notify_insert_throttle")
    declare(0)
    assert triggers(folder) != first
