"""A real Celery worker in a process of its own, with a real broker on a folder of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.mailserver import MailBox


def environment(folder: Path, box: MailBox) -> dict[str, str]:
    """The settings of a process that shares the tests' database and mail server."""
    db = connection.get_connection_params()
    password = quote(str(db.get("password", "")), safe="")
    address = f"{db.get('user', 'postgres')}:{password}@{db.get('host')}:{db.get('port', 5432)}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{address}/{db['dbname']}",
        "OKRTRACK_DATA": str(folder),
        "OKRTRACK_SECRET_KEY": settings.SECRET_KEY,
        "OKRTRACK_SMTP_URL": f"smtp://127.0.0.1:{box.port}",
    }


@contextmanager
def worker(env: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker with one child; killed hard at the end, children and all."""
    command = [sys.executable, "-m", "celery", "-A", "okrtrack", "worker", "-c", "1", "-l", "INFO"]
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 of the worker and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def publish_round(env: dict[str, str]) -> None:
    """What beat does every minute."""
    code = "from okrtrack import celery; celery.app.loader.init_worker(); celery.run_all_at_once()"
    env = env | {"DJANGO_SETTINGS_MODULE": "okrtrack.settings"}
    subprocess.run([sys.executable, "-c", code], env=env, check=True, timeout=60)
