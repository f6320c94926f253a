"""A process that forks once per mutant. ``warm`` holds all tests loaded; ``bare`` only libraries.

Reads one job a line, answers one line. A warm worker swaps the code of functions; a bare one lets
the child import everything anew, which tables, decorators and classes need.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from scripts.mutants.clocks import ENDED_BY, clocks_start
from scripts.mutants.mutant import Mutant
from scripts.mutants.swap import Functions, NotSwappableError, functions_by_place, is_loaded, swap
from scripts.mutants.watcher import QUIET, Watcher, with_fixed_luck

MEMORY = 8 * 2**30  # bytes; a mutant that fills the memory ends before the machine does
LIBRARIES = "libraries.txt"
Answer = dict[str, Any]


class Worker:
    """Answers jobs of one tree. ``run``: how the child runs its tests."""

    def __init__(self, run: Callable[[Sequence[str], Watcher], None]) -> None:
        self.run = run
        self.functions: Functions | None = None
        self.answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
        os.dup2(2, 1)

    def serve(self) -> None:
        """Until the other side hangs up."""
        gc.collect()
        gc.freeze()
        self.say({"status": "ready"})
        for line in sys.stdin:
            self.say(self.carry_out(json.loads(line)))

    def say(self, answer: Answer) -> None:
        self.answers.write(json.dumps(answer) + "\n")

    def carry_out(self, job: dict[str, Any]) -> Answer:
        """Fork, wait, and end whatever the child started. Its watcher keeps the time."""
        mutant = job["mutant"] and Mutant(**job["mutant"])
        reading, writing = os.pipe()
        with changed_file(mutant) as sources:
            child = os.fork()
            if not child:
                os.close(reading)
                self.child(mutant, sources, job, writing)
            os.close(writing)
            _pid, status = os.waitpid(child, 0)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        with os.fdopen(reading, "rb") as stream:
            line = stream.readline()
        if line:
            answer: Answer = json.loads(line)
            return answer
        is_slow = os.WIFSIGNALED(status) and os.WTERMSIG(status) in ENDED_BY
        return {"status": "timeout" if is_slow else "killed", "by": "", "why": f"ended: {status}"}

    def child(
        self, mutant: Mutant | None, sources: tuple[bytes, bytes], job: dict[str, Any], out: int
    ) -> None:
        """Never returns."""
        os.setpgid(0, 0)
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        clocks_start()
        watcher = Watcher(job["tests"])
        answer: Answer
        try:
            if mutant is not None and self.functions is not None:
                path = str(Path(mutant.path).resolve())
                if is_loaded(path):
                    swap(path, *sources, mutant.function, self.functions)
            self.run(list(job["tests"]), watcher)
            answer = watcher.answer()
        except NotSwappableError as error:
            answer = {"status": "unswappable", "why": str(error)}
        except BaseException as error:
            answer = {"status": "killed", "by": "", "why": repr(error)[:200]}
        os.write(out, json.dumps(answer).encode() + b"\n")
        os._exit(0)


@contextlib.contextmanager
def changed_file(mutant: Mutant | None) -> Iterator[tuple[bytes, bytes]]:
    """The mutant on disk too, for what child processes or late imports read.

    It is dated 1970, so that no compiled file passes for it, and the old date comes back after.
    """
    if mutant is None:
        yield b"", b""
        return
    path = Path(mutant.path)
    old, stat = path.read_bytes(), path.stat()
    new = mutant.put_into(old)
    path.write_bytes(new)
    os.utime(path, (1, 1))
    try:
        yield old, new
    finally:
        path.write_bytes(old)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


class Warm:
    """A pytest plugin: takes over when every test is collected."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Serve instead of running."""
        items = {item.nodeid: item for item in session.items}
        names = sorted(n for n in sys.modules if not _is_ours(n))
        (Path.cwd().parent / LIBRARIES).write_text("\n".join(names), encoding="utf-8")

        def run(tests: Sequence[str], watcher: Watcher) -> None:
            session.config.pluginmanager.register(watcher)
            chosen = [items[name] for name in tests if name in items]
            watcher.missing = len(tests) - len(chosen)
            watcher.sort(chosen)
            for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if watcher.failed:
                    return

        worker = Worker(run)
        worker.functions = functions_by_place()
        worker.serve()
        os._exit(0)


def bare() -> None:
    """Load the libraries that the tests use and none of our modules, then serve."""
    sys.meta_path.insert(0, blocker := _Blocker())
    names = (Path.cwd().parent / LIBRARIES).read_text(encoding="utf-8").split()
    for name in names:
        with contextlib.suppress(BaseException):
            importlib.import_module(name)
    sys.meta_path.remove(blocker)

    def run(tests: Sequence[str], watcher: Watcher) -> None:
        with_fixed_luck()
        code = pytest.main([*QUIET, "-x", *tests], plugins=[watcher])
        if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            watcher.failed = watcher.failed or tests[0]
            watcher.why = watcher.why or f"the tests do not load ({code!r})"

    Worker(run).serve()


class _Blocker(importlib.abc.MetaPathFinder):
    """Nothing of the project is imported before the fork."""

    def find_spec(self, name: str, *_rest: object) -> None:
        if _is_ours(name):
            raise ImportError(name)


def _is_ours(name: str) -> bool:
    top = name.partition(".")[0]
    return (
        top in {"tests", "conftest", "__main__"}
        or Path(top).is_dir()
        or Path(f"{top}.py").is_file()
    )


def main() -> None:
    """``worker.py KIND TESTFILE…``"""
    kind, *files = sys.argv[1:]
    if kind == "bare":
        bare()
    else:
        with_fixed_luck()
        pytest.main([*QUIET, *files], plugins=[Warm()])


if __name__ == "__main__":
    main()
