"""One supervised child: bound to its parent, read line by line, started again after a fall."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from embedded.parent import die_with_parent

SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 30.0  # a part that lived this long is started again without delay
LEASH = Path(__file__).with_name("leash.py")


@dataclass(frozen=True)
class Command:
    """What to run as the part `name`, and how many seconds it may take to end when asked."""

    name: str
    words: tuple[str, ...]
    stop_seconds: float
    environment: tuple[tuple[str, str], ...] = ()


class Part:
    """A child process in a process group of its own, with its output as a stream of lines."""

    def __init__(self, command: Command, *, use_leash: bool = sys.platform != "linux") -> None:
        self.command = command
        self.use_leash = use_leash
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.start_at = 0.0  # monotonic time of the next start, while it is down
        self.pause = SHORTEST_PAUSE
        self.leash_end = -1
        self._rest = b""

    def start(self) -> int:
        """Start the child; the descriptor to read its output from, non-blocking."""
        words = list(self.command.words)
        kept: tuple[int, ...] = ()
        if self.use_leash:
            reading, self.leash_end = os.pipe()
            words = [sys.executable, str(LEASH), str(reading), *words]
            kept = (reading,)
        self.process = subprocess.Popen(
            words,
            env=os.environ | dict(self.command.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=kept,
            preexec_fn=None if kept else die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
        for descriptor in kept:
            os.close(descriptor)
        self.started_at = time.monotonic()
        self._rest = b""
        os.set_blocking(self.output, False)
        return self.output

    @property
    def output(self) -> int:
        """The descriptor of the child's output; -1 while there is none."""
        stream = self.process.stdout if self.process else None
        return stream.fileno() if stream and not stream.closed else -1

    @property
    def is_alive(self) -> bool:
        """Whether the child runs."""
        return self.process is not None and self.process.poll() is None

    def read_lines(self) -> list[str] | None:
        """The complete lines that came since; None at the end of the stream."""
        try:
            data = os.read(self.output, 65536)
        except BlockingIOError:
            return []
        if not data:
            last = self._rest.decode(errors="replace")
            self._rest = b""
            return [last] if last else None
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [line.decode(errors="replace") for line in lines]

    def fell(self) -> str:
        """After the child's end: kill what it left, plan the next start, say how it ended."""
        assert self.process is not None, "only a started part can fall"  # noqa: S101
        status = self.process.wait()
        self._kill_group()
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.pause = SHORTEST_PAUSE
        self.start_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self._close()
        return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"

    def ask_to_stop(self) -> None:
        """Ask the child to finish what it is doing and end."""
        if self.is_alive and self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End the child and its children at once."""
        if self.process is not None:
            self._kill_group()
            self.process.wait()
            self._close()

    def _kill_group(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def _close(self) -> None:
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()
        if self.leash_end >= 0:
            os.close(self.leash_end)
            self.leash_end = -1
        self.process = None
