"""Real servers in folders of their own; nothing is left running."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embedded.folder import DataFolder, is_locked
from embedded.postgres import ensure_running, stop
from embedded.postmaster import exists, running_pid

HOLDER = """
import sys, time
from embedded.errors import EmbeddedError
from embedded.postgres import ensure_running
try:
    print(ensure_running(sys.argv[1]).port, flush=True)
except EmbeddedError as error:
    print(error, flush=True)
time.sleep(60)
"""


QUICK_DISK = "fsync=off"


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRTRACK_PG_OPTIONS", QUICK_DISK)
    monkeypatch.delenv("OKRTRACK_PG_BIN", raising=False)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    """A data folder with a cluster that has been stopped: copying one is faster than initdb."""
    folder = DataFolder.at(tmp_path_factory.mktemp("made") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OKRTRACK_PG_OPTIONS", QUICK_DISK)
        ensure_running(folder.root)
        assert stop(folder.root)
    folder.port_file.unlink()
    yield folder
    shutil.rmtree(folder.root)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[DataFolder]:
    """No data folder yet: a name with a space, below folders that other accounts cannot enter."""
    folder = DataFolder.at(tmp_path / "my data")
    yield folder
    stop(folder.root)
    wait_for(lambda: not is_locked(folder.keeper_lock))
    assert running_pid(folder.cluster) is None
    shutil.rmtree(folder.root, ignore_errors=True)  # at once: later it costs the disk a second


@pytest.fixture
def data(empty: DataFolder, made_once: DataFolder) -> DataFolder:
    """The same folder with a stopped cluster in it."""
    subprocess.run(["cp", "-a", str(made_once.root), str(empty.root)], check=True)
    return empty


@pytest.fixture
def start_holder() -> Iterator[Callable[[DataFolder], "subprocess.Popen[str]"]]:
    """Starts other processes that use the server of a folder."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: DataFolder) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(folder.root)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def kill(pid: int) -> None:
    """kill -9, and wait until it has gone."""
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not exists(pid))
