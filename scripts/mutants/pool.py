"""Workers side by side, each with a tree and a database of its own."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import queue
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from scripts.mutants.layout import Layout, digest, tree_sync
from scripts.mutants.mutant import Mutant
from scripts.mutants.reach import worker_environment
from scripts.mutants.selection import Choice

SURVIVED, KILLED, TIMEOUT = "survived", "killed", "timeout"
UNREACHED, STALE = "unreached", "stale"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``by``: the test that failed. ``ran`` of ``ran + left`` tests that reach the place."""

    mutant: Mutant
    status: str
    by: str = ""
    why: str = ""
    ran: int = 0
    left: int = 0


class Slot:
    """One worker's processes: warm at once, bare when something needs it."""

    def __init__(self, layout: Layout, number: int, files: list[str]) -> None:
        self.layout, self.number, self.files = layout, number, files
        self._running: dict[str, subprocess.Popen[str]] = {}

    def ask(self, kind: str, mutant: Mutant | None, tests: dict[str, float]) -> Any:
        """Have one mutant tested by these tests, given with the seconds that they take."""
        job = {"mutant": None if mutant is None else dataclasses.asdict(mutant), "tests": tests}
        process = self._process(kind)
        stdin, stdout = _pipes(process)
        stdin.write(json.dumps(job) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            self._end(kind)
            return {"status": KILLED, "by": "", "why": "the worker ended"}
        return json.loads(line)

    def _process(self, kind: str) -> subprocess.Popen[str]:
        if kind not in self._running:
            command = [sys.executable, "-m", "scripts.mutants.worker", kind]
            tree = self.layout.tree(self.number)
            environment = worker_environment(self.layout, self.number)
            if kind == "warm":
                command += self.files
            elif "warm" not in self._running:
                self._process("warm")  # it notes which libraries to load, and holds the server
            log = self.layout.work / f"{kind}-{self.number}.log"
            with log.open("w") as stream:
                process = subprocess.Popen(
                    command,
                    cwd=tree,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stream,
                    text=True,
                )
            if "ready" not in _pipes(process)[1].readline():
                raise SystemExit(f"A worker did not start: see {log}.")
            self._running[kind] = process
        return self._running[kind]

    def _end(self, kind: str) -> None:
        process = self._running.pop(kind)
        for pipe in _pipes(process):
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait(timeout=60)

    def close(self) -> None:
        """Hang up; the workers end by themselves."""
        for kind in list(self._running):
            self._end(kind)


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    return process.stdin, process.stdout


class Judge:
    """Judges mutants in one slot. A test that fails without the mutant counts for nothing.

    ``sources``: digests of the files that the mutants were made of.
    """

    def __init__(
        self,
        slot: Slot,
        sources: dict[str, str],
        seconds: dict[str, float],
        sound: dict[str, bool],
    ) -> None:
        self.slot, self.seconds, self.sound = slot, seconds, sound
        tree = slot.layout.tree(slot.number)
        self._stale = {path for path, known in sources.items() if digest(tree / path) != known}
        self._killers: dict[str, set[str]] = defaultdict(set)  # by path and function

    def verdict(self, mutant: Mutant, choice: Choice) -> Verdict:
        """Killed, survived, timed out, reached by no test, or of a file that changed since."""
        if mutant.path in self._stale:
            return Verdict(mutant, STALE)
        kind = "bare" if choice.is_import else "warm"
        killers = self._killers[f"{mutant.path} {mutant.function}"]
        tests = [test for test in choice.tests if self.sound.get(test, True)]
        tests.sort(key=lambda test: test not in killers)  # what killed a neighbour comes first
        while tests:
            answer = self.slot.ask(kind, mutant, {test: self.seconds[test] for test in tests})
            if answer["status"] == "unswappable":
                kind = "bare"
                continue
            by = answer.get("by", "")
            if answer["status"] == KILLED and not self._is_sound(kind, by or tests[0]):
                tests.remove(by or tests[0])
                continue
            killers |= {by} if by else set()
            ran, left = answer.get("ran", 0), choice.left + answer.get("missing", 0)
            return Verdict(mutant, answer["status"], by, answer.get("why", ""), ran, left)
        return Verdict(mutant, UNREACHED, left=choice.left)

    def _is_sound(self, kind: str, test: str) -> bool:
        """Whether a test that failed passes without a mutant."""
        if test not in self.sound:
            answer = self.slot.ask(kind, None, {test: self.seconds[test]})
            self.sound[test] = answer["status"] == SURVIVED
        return self.sound[test]


def judge_all(
    layout: Layout,
    jobs: list[tuple[Mutant, Choice]],
    sources: dict[str, str],
    seconds: dict[str, float],
    *,
    workers: int,
    tell: Callable[[Verdict], None],
) -> dict[str, bool]:
    """Judge every mutant and tell each verdict. Returns which killing tests are sound."""
    waiting: queue.SimpleQueue[tuple[Mutant, Choice]] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)
    files = sorted({test.split("::")[0] for _m, choice in jobs for test in choice.tests})
    sound: dict[str, bool] = {}
    failures: list[BaseException] = []

    def work(number: int) -> None:
        tree_sync(layout.root, layout.tree(number))
        slot = Slot(layout, number, files)
        judge = Judge(slot, sources, seconds, sound)
        try:
            while not failures:
                mutant, choice = waiting.get_nowait()
                tell(judge.verdict(mutant, choice))
        except queue.Empty:
            pass
        except BaseException as error:
            failures.append(error)
        finally:
            slot.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sound
