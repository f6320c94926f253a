"""`manage.py run`, whole: started, hurt part by part, killed, started again, stopped."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as site

from embedded.cluster import free_port
from embedded.folder import DataFolder, is_locked
from embedded.postgres import find_running
from embedded.postmaster import running_pid
from tests.tasks.embedded.processes import kill, wait_for, with_mark

PROJECT = Path(__file__).resolve().parents[3]
PARTS = {"web": "gunicorn", "beat": " beat ", "worker": " worker "}

pytestmark = pytest.mark.timeout(900)


class Run:
    """One `manage.py run` on a data folder, and what it prints."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.data = DataFolder.at(folder)
        self.port = port
        self.mark = f"OKRTRACK_TEST_MARK=run-{folder}"
        name, _, value = self.mark.partition("=")
        kept = {key: text for key, text in os.environ.items() if not key.startswith("OKRTRACK_")}
        own = {"OKRTRACK_DATA": str(folder), "OKRTRACK_DEMO": "no", name: value} | settings
        own["OKRTRACK_STATIC_ROOT"] = str(site.DATA_FOLDER / "static")  # not in the checkout
        kept.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            cwd=PROJECT,
            env=kept | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.seen: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self._lines.put(line.rstrip())
        self._lines.put(None)

    def wait_for_line(self, pattern: str, seconds: float = 90) -> str:
        """The next line that matches."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                line = None
            assert line is not None, f"no line {pattern!r} in\n" + "\n".join(self.seen)
            self.seen.append(line)
            if re.search(pattern, line):
                return line

    def rest(self) -> str:
        """What it prints until its end."""
        while (line := self._lines.get(timeout=60)) is not None:
            self.seen.append(line)
        return "\n".join(self.seen)

    def wait_until_up(self) -> None:
        """Pages are served, worker and beat are there."""
        wait_for(lambda: self.is_serving() and self.has_all_parts(), 240)

    def has_all_parts(self) -> bool:
        """Whether each part has a process, by one look at all processes."""
        seen = [f" {words} " for words in with_mark(self.mark).values()]
        return all(any(mark in words for words in seen) for mark in PARTS.values())

    def is_serving(self) -> bool:
        """Whether somebody listens on the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def everything(self) -> list[int]:
        """All its processes, the database's too."""
        return [*with_mark(self.mark), *filter(None, [running_pid(self.data.cluster)])]

    def pids(self, part: str) -> list[int]:
        """The processes of one part, the leader first."""
        found = with_mark(self.mark)
        return sorted(pid for pid, words in found.items() if PARTS[part] in f" {words} ")

    def query(self, statement: str) -> object:
        """The first row of a statement in the application's database."""
        server = find_running(self.data.root)
        assert server is not None
        with psycopg.connect(server.url(), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchone() if cursor.description else None


@pytest.fixture(autouse=True)
def _can_be_interrupted() -> Iterator[None]:
    """A shell has its background jobs ignore Ctrl-C, and what they start inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, made by the first run; later ones start on what was left there."""
    return tmp_path_factory.mktemp("run") / "data of run"


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[], Run]]:
    """Starts runs and waits until all parts are up; whatever is left of them is killed."""
    started: list[Run] = []

    def run() -> Run:
        started.append(Run(folder, int(free_port(""))))
        started[-1].wait_until_up()
        return started[-1]

    yield run
    for running in started:
        for pid in running.everything():
            kill(pid)
        running.process.wait()


def leftovers(run: Run) -> list[int]:
    """What still runs; 1 stands for a keeper."""
    return [*run.everything(), *([1] if is_locked(run.data.keeper_lock) else [])]


def keep_row(run: Run) -> None:
    run.query("DROP TABLE IF EXISTS kept")
    run.query("CREATE TABLE kept AS SELECT 42 AS answer")


def kill_part(run: Run, part: str) -> None:
    """Kill the leader of a part and wait until new processes have taken the place of all."""
    before = run.pids(part)
    kill(before[0])
    run.wait_for_line(rf"^{part} +\| was killed by signal 9; started again in")
    wait_for(lambda: (now := run.pids(part)) and not set(before) & set(now))
    run.wait_until_up()


def kill_database(run: Run, victim: str) -> None:
    """Kill the server or its keeper and wait until a new server answers."""
    old = running_pid(run.data.cluster)
    assert old is not None
    kill(old if victim == "server" else int(run.data.read(run.data.keeper_lock)))
    wait_for(lambda: running_pid(run.data.cluster) not in (None, old))
    wait_for(lambda: find_running(run.data.root))


def test_each_killed_part_comes_back_and_a_killed_parent_leaves_nothing(
    start: Callable[[], Run],
) -> None:
    run = start()
    keep_row(run)
    for part in PARTS:
        kill_part(run, part)
    for victim in ("server", "keeper"):
        kill_database(run, victim)
        assert run.query("SELECT answer FROM kept") == (42,)
    kill(run.process.pid)
    wait_for(lambda: not leftovers(run), 30)


def test_all_killed_at_once_loses_nothing_and_ctrl_c_stops_the_next(
    start: Callable[[], Run],
) -> None:
    first = start()
    keep_row(first)
    for pid in first.everything():
        kill(pid)
    wait_for(lambda: not leftovers(first), 10)
    second = start()
    assert second.query("SELECT answer FROM kept") == (42,)
    refuse_another(second)
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(60) == 0
    assert second.rest().endswith("run      | stopped")
    assert not leftovers(second)


def refuse_another(run: Run) -> None:
    """A second run on the same data, or on the same port, is one sentence and touches nothing."""
    other = Run(run.data.root, int(free_port("")))
    assert f"running already on the data folder {run.data.root}" in other.rest()
    assert other.process.wait() == 1
    elsewhere = run.data.root.with_name("other")
    sentence = Run(elsewhere, run.port).rest()
    assert f"Port {run.port} is taken by another program" in sentence
    assert f"make run PORT={run.port + 1}" in sentence
    assert not (elsewhere / "postgres").exists()


def test_external_database_that_is_down_is_one_sentence_and_is_waited_for(folder: Path) -> None:
    address = f"postgresql://me:secret@127.0.0.1:{free_port('')}/plans"
    down = Run(
        folder.with_name("external"),
        int(free_port("")),
        DATABASE_URL=address,
        OKRTRACK_SECRET_KEY="for this test",
    )
    line = down.wait_for_line(r"^database \|")
    assert "The database plans on 127.0.0.1:" in line
    assert "start PostgreSQL there, or correct DATABASE_URL" in line
    assert "secret" not in line
    down.process.send_signal(signal.SIGINT)
    assert down.process.wait(30) == 0
    assert "Traceback" not in down.rest()
