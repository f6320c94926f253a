"""Parts that fall, hang and talk, under a supervisor that may be killed itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tasks.embedded.processes import kill, wait_for, with_mark

SUPERVISOR = """
import sys
from embedded.parts import Command, Part
from embedded.supervisor import Supervisor
python, leash = sys.executable, sys.argv[1] == "leash"
commands = [Command(word.split("=")[0], (python, "-c", word.split("=", 1)[1]), 1.0)
            for word in sys.argv[2:]]
supervisor = Supervisor(commands, say=lambda part, line: print(part, line, flush=True))
supervisor.parts = [Part(command, use_leash=leash) for command in commands]
supervisor.run()
print("all ended", flush=True)
"""
SLEEPER = "import time; print('up', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
)
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, lambda *_: print('no', flush=True));"
    "print('up', flush=True)\nwhile 1: time.sleep(1)"
)


class Running:
    """A supervisor process, its lines, and the processes below it."""

    def __init__(self, mark: str, leash: str, *parts: str) -> None:
        self.mark = f"OKRTRACK_TEST_MARK={mark}"
        name, _, value = self.mark.partition("=")
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, leash, *parts],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {name: value},
        )

    def next_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def children(self) -> list[int]:
        return [pid for pid in with_mark(self.mark) if pid != self.process.pid]


@pytest.fixture(params=["kernel", "leash"])
def leash(request: pytest.FixtureRequest) -> str:
    """Both ways of binding children to their parent."""
    return str(request.param)


@pytest.fixture
def start(tmp_path: Path, leash: str) -> Iterator[object]:
    """Starts supervisors; afterwards nothing of them may be left."""
    started: list[Running] = []

    def run(*parts: str) -> Running:
        started.append(Running(f"{tmp_path}-{len(started)}", leash, *parts))
        return started[-1]

    yield run
    for running in started:
        left = [*running.children(), running.process.pid]
        for pid in left:
            kill(pid)
        running.process.wait()
        if running.process.stdout:
            running.process.stdout.close()


def test_killed_parent_takes_its_children_along(start) -> None:
    running = start(f"one={SLEEPER}", f"two={SLEEPER}")
    assert {running.next_line(), running.next_line()} == {"one up", "two up"}
    running.process.kill()
    wait_for(lambda: not running.children(), 10)


def test_fallen_part_is_started_again_ever_more_slowly(start) -> None:
    running = start("one=raise SystemExit(3)")
    assert running.next_line() == "one ended with status 3; started again in 0.5 s"
    assert running.next_line() == "one ended with status 3; started again in 1.0 s"


def test_what_a_killed_part_leaves_behind_is_killed_too(start, leash: str) -> None:
    running = start(f"one={PARENT}")
    wait_for(lambda: len(running.children()) == (3 if leash == "leash" else 2))
    first = set(running.children())
    kill(min(first))
    assert "one was killed by signal 9" in running.next_line()
    wait_for(lambda: not first & set(running.children()))


def test_stop_goes_in_order_and_kills_what_does_not_end(start) -> None:
    running = start(f"one={SLEEPER}", f"two={STUBBORN}")
    assert {running.next_line(), running.next_line()} == {"one up", "two up"}
    running.process.send_signal(signal.SIGINT)
    assert running.next_line() == "two no"
    assert running.next_line() == "two did not end in time and is killed"
    assert running.next_line() == "all ended"
    assert running.process.wait(5) == 0
    assert not running.children()


def test_last_words_without_a_line_end_are_shown(start) -> None:
    running = start("one=print('a'); print('b', end='')")
    assert [running.next_line() for _ in range(2)] == ["one a", "one b"]
