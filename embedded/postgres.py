"""The embedded PostgreSQL as its users see it: `ensure_running` and `stop`.

A process that calls `ensure_running` holds the server until it ends or calls `stop`; the last one
to go ends the server. Concurrent calls from any number of processes start it once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from embedded.cluster import ROLE
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder, is_locked, take_lock
from embedded.postmaster import exists, pid_file_lines

APP_DATABASE = "okrtrack"
BROKER_DATABASE = "okrtrack_broker"
CREATE_LOCK = 7_310_000  # any number; held by whoever creates a database
# Longer than the starter may have to wait for a server that replays its log (RECOVERY_SECONDS).
START_WAIT_SECONDS = 400.0
# For a keeper that starts a fallen server again: a first start is waited for by `start.lock`.
READY_WAIT_SECONDS = 30.0

_held: dict[Path, int] = {}  # data folder -> descriptor that holds its users.lock
_guard = threading.RLock()


@dataclass(frozen=True)
class Server:
    """A running server on 127.0.0.1; `root` is its data folder."""

    root: Path
    port: int
    password: str = field(repr=False)
    host: str = "127.0.0.1"
    user: str = ROLE

    def url(self, database: str = APP_DATABASE) -> str:
        """A postgresql:// address; the password needs no quoting by the way it is made."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A new autocommit connection."""
        return psycopg.connect(self.url(database), autocommit=True, connect_timeout=10)

    def ensure_database(self, name: str) -> None:
        """Create database `name` if it is missing; any number of processes may ask at once."""
        with self.connect() as connection:
            # A lock of the session, because CREATE DATABASE runs in no transaction.
            connection.execute("SELECT pg_advisory_lock(%s)", [CREATE_LOCK])
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def ensure_running(path: str | os.PathLike[str]) -> Server:
    """The server of the data folder `path`, started if need be, with the application's database.

    Held for this process until it ends or calls `stop`. Cheap when it is running already.
    Raises EmbeddedError with a sentence that says what to do.
    """
    folder = DataFolder.at(path)
    with _guard:
        if folder.root in _held and is_locked(folder.keeper_lock) and _is_ready(folder):
            return _read_server(folder)
        folder.prepare()
        # Before all else: a keeper that is about to stop is then waited for, never raced.
        _hold(folder)
        start = take_lock(folder.start_lock, exclusive=True, seconds=START_WAIT_SECONDS)
        if start is None:
            raise EmbeddedError(
                f"Another process has been starting PostgreSQL in {folder.root} for minutes: "
                f"look into {folder.log_file}, end that process and try again."
            )
        try:
            if is_locked(folder.keeper_lock):
                _wait_until_ready(folder)
            else:
                _start_keeper(folder)
            server = _read_server(folder)
            server.ensure_database(APP_DATABASE)
        except BaseException:
            _release(folder)
            raise
        finally:
            os.close(start)
        return server


def find_running(path: str | os.PathLike[str]) -> Server | None:
    """The server of `path` if it is running and ready; starts and holds nothing."""
    folder = DataFolder.at(path)
    if not is_locked(folder.keeper_lock) or not _is_ready(folder):
        return None
    return _read_server(folder)


def stop(path: str | os.PathLike[str], *, seconds: float = 40.0) -> bool:
    """Let go of the server and wait for its end; False if other processes still use it."""
    folder = DataFolder.at(path)
    with _guard:
        _release(folder)
    deadline = time.monotonic() + seconds
    while is_locked(folder.keeper_lock):
        if _is_used_by_others(folder) or time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _is_used_by_others(folder: DataFolder) -> bool:
    """Whether, for a whole second, the keeper did not get the lock that ends the server."""
    for _look in range(10):
        descriptor = take_lock(folder.users_lock, exclusive=True)
        if descriptor is not None:  # nobody uses it; the keeper will see that at its next look
            os.close(descriptor)
            time.sleep(0.15)
            return False
        if not is_locked(folder.keeper_lock) or is_locked(folder.users_lock):
            return False  # the keeper has it and is stopping
        time.sleep(0.1)
    return True


def _hold(folder: DataFolder) -> None:
    if folder.root in _held:
        return
    descriptor = take_lock(folder.users_lock, exclusive=False, seconds=60)
    if descriptor is None:
        raise EmbeddedError(
            f"PostgreSQL in {folder.root} has been stopping for a minute: look into "
            f"{folder.log_file} and try again."
        )
    _held[folder.root] = descriptor


def _release(folder: DataFolder) -> None:
    descriptor = _held.pop(folder.root, None)
    if descriptor is not None:
        os.close(descriptor)


def _is_ready(folder: DataFolder) -> bool:
    lines = pid_file_lines(folder.cluster)
    return len(lines) > 7 and lines[7].strip() == "ready" and exists(int(lines[0]))


def _read_server(folder: DataFolder) -> Server:
    port, password = folder.read(folder.port_file), folder.read(folder.password_file)
    if not port.isdigit() or not password:
        raise EmbeddedError(
            f"The files {folder.port_file.name} and {folder.password_file.name} in {folder.root} "
            "are damaged: stop okrtrack and start it again."
        )
    return Server(folder.root, int(port), password)


def _wait_until_ready(folder: DataFolder) -> None:
    deadline = time.monotonic() + READY_WAIT_SECONDS
    while not _is_ready(folder):
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"PostgreSQL in {folder.root} does not get ready: look into {folder.log_file}."
            )
        time.sleep(0.05)


def _start_keeper(folder: DataFolder) -> None:
    """Start the keeper as a process that outlives this one, and wait for its answer."""
    project = Path(__file__).resolve().parents[1]
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    keeper = subprocess.Popen(
        [sys.executable, "-m", "embedded.keeper", str(folder.root)],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    answer = keeper.communicate()[0].decode()
    if answer != "ok":
        raise EmbeddedError(
            answer or f"PostgreSQL could not be started: look into {folder.log_file}."
        )
