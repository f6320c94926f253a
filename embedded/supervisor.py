"""The loop behind `manage.py run`: parts up, their words on one screen, all down in order.

One thread: children are bound to the thread that starts them (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import selectors
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from embedded.parts import Command, Part

LOOK_SECONDS = 0.2
SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Runs parts in the given order, starts fallen ones again, ends them in the given order."""

    def __init__(
        self,
        commands: Sequence[Command],
        *,
        say: Callable[[str, str], None],
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """`say(part, sentence)` prints; `look()` is called about five times a second."""
        self.parts = [Part(command) for command in commands]
        self.say = say
        self.look = look
        self.stop_requests = 0
        self.selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Start everything and stay until a signal asks to stop; then end every part."""
        before = {sign: signal.signal(sign, self.request_stop) for sign in SIGNS}
        try:
            while not self.stop_requests:
                self._start_due()
                self.relay(LOOK_SECONDS)
                self._notice_falls()
                self.look()
        finally:
            self.stop()
            self.selector.close()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def request_stop(self, _sign: int = 0, _frame: FrameType | None = None) -> None:
        """Signal handler: the first request stops in order, a second one at once."""
        self.stop_requests += 1

    @property
    def is_steady(self) -> bool:
        """Whether every part has been up for two seconds."""
        now = time.monotonic()
        return all(part.is_alive and now - part.started_at > 2 for part in self.parts)

    def _start_due(self) -> None:
        for part in self.parts:
            if part.process is None and part.start_at <= time.monotonic():
                self.selector.register(part.start(), selectors.EVENT_READ, part)

    def relay(self, seconds: float) -> None:
        """Pass on what the parts print, waiting at most `seconds` for it."""
        for key, _events in self.selector.select(seconds):
            part: Part = key.data
            lines = part.read_lines()
            if lines is None:
                self.selector.unregister(key.fd)
                time.sleep(0.01)  # the end of the output comes just before the end of the process
                continue
            for line in lines:
                if line.strip():
                    self.say(part.command.name, line.rstrip())

    def _notice_falls(self) -> None:
        for part in self.parts:
            if part.process is None or part.is_alive:
                continue
            self._drain(part)
            how = part.fell()
            pause = part.start_at - time.monotonic()
            self.say(part.command.name, f"{how}; started again in {max(pause, 0):.1f} s")

    def _drain(self, part: Part) -> None:
        """Pass on the last words of a part that has ended."""
        while lines := part.read_lines():
            for line in lines:
                self.say(part.command.name, line.rstrip())
        if part.output in self.selector.get_map():
            self.selector.unregister(part.output)

    def stop(self) -> None:
        """End the parts one after the other; a second request, or time, ends them the hard way."""
        for part in self.parts:
            part.ask_to_stop()
            deadline = time.monotonic() + part.command.stop_seconds
            while part.is_alive and self.stop_requests < 2 and time.monotonic() < deadline:
                self.relay(0.05)
            if part.process is not None:
                if part.is_alive:
                    self.say(part.command.name, "did not end in time and is killed")
                else:
                    self._drain(part)
                if part.output >= 0 and part.output in self.selector.get_map():
                    self.selector.unregister(part.output)
                part.kill()
