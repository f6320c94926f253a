"""What `manage.py run` does before its parts start: lock, port, database, broker, tables, plan."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections

from embedded.cluster import is_port_free
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder, take_lock
from embedded.postgres import ensure_running

Say = Callable[[str, str], None]
RETRY_SECONDS = 2.0
DEMO_COMMAND = "load_demo"  # of apps/demo: the shipped plan with sample progress
ACCOUNTS_COMMAND = "demo_accounts"  # prints the demo accounts, one line each


def take_run_lock(folder: DataFolder, address: str) -> int:
    """The descriptor that marks this process as the one `run` of the data folder."""
    folder.prepare()
    lock = take_lock(folder.run_lock, exclusive=True)
    if lock is None:
        where = folder.read(folder.run_lock)
        raise EmbeddedError(
            f"okrtrack is running already on the data folder {folder.root} ({where}): use that "
            "one, or stop it with Ctrl-C there, or take another folder with OKRTRACK_DATA=folder."
        )
    os.truncate(lock, 0)
    os.write(lock, f"process {os.getpid()}, {address}".encode())
    return lock


def check_port(host: str, port: int) -> None:
    """Raise EmbeddedError if somebody listens on `port`."""
    if not is_port_free(port, host):
        raise EmbeddedError(
            f"Port {port} is taken by another program: stop that program, or choose another port "
            f"with make run PORT={port + 1}."
        )


def start_database(folder: DataFolder, say: Say) -> None:
    """Start the embedded server, or wait for the external one, however long that takes."""
    if settings.IS_EMBEDDED:
        server = ensure_running(folder.root)
        say("database", f"PostgreSQL runs on {server.host}:{server.port}, data in {folder.root}")
        return
    told = ""
    while (fault := database_fault()) != "":
        if fault != told:
            say("database", f"{fault} Trying again every {RETRY_SECONDS:.0f} s.")
            told = fault
        time.sleep(RETRY_SECONDS)


def database_fault() -> str:
    """Why the external database cannot be used, as a sentence; empty if it can."""
    address = urlsplit(settings.DATABASE_URL)
    try:
        psycopg.connect(settings.DATABASE_URL, connect_timeout=2).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0].rsplit("failed: ", 1)[-1].rstrip(".")
        return (
            f"The database {address.path.lstrip('/')} on {address.hostname}:{address.port or 5432} "
            f"cannot be used ({reason}): start PostgreSQL there, or correct DATABASE_URL."
        )
    return ""


def start_broker(folder: DataFolder) -> None:
    """Install the embedded broker's queues unless OKRTRACK_BROKER_URL names another broker."""
    if not settings.BROKER_URL:
        from embedded.broker import prepare_broker

        prepare_broker(ensure_running(folder.root))


def prepare_site(language: str) -> None:
    """Tables, static files and, in demo mode, the shipped plan if there is no plan yet."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    forget_heartbeats()
    collect_static()
    if settings.IS_DEMO:
        load_plan_if_none(language)
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()  # its threads must not be there when children are started


def forget_heartbeats() -> None:
    """Those of the run before are still fresh after a quick restart, and prove nothing now."""
    apps.get_model("outbox", "Heartbeat")._default_manager.all().delete()


def collect_static() -> None:
    """Collect and compress the static files, unless none of them changed since the last time."""
    stamp = Path(settings.STATIC_ROOT, ".collected")
    digest = hashlib.sha256(settings.STATIC_URL.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    try:
        if stamp.exists() and stamp.read_text(encoding="ascii") == digest.hexdigest():
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest.hexdigest(), encoding="ascii")
    except OSError as error:
        raise EmbeddedError(
            f"The static files cannot be written to {settings.STATIC_ROOT} ({error.strerror}): "
            "make it writable, or choose another folder with OKRTRACK_STATIC_ROOT=folder."
        ) from error


def load_plan_if_none(language: str) -> None:
    """Load the shipped plan into an empty database."""
    plans = apps.get_model("plans", "Plan")._default_manager
    if DEMO_COMMAND in get_commands() and not plans.exists():
        call_command(DEMO_COMMAND, language=language)


def show_accounts() -> None:
    """Print the demo accounts, in demo mode only."""
    if settings.IS_DEMO and ACCOUNTS_COMMAND in get_commands():
        call_command(ACCOUNTS_COMMAND)
