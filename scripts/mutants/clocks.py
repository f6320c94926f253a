"""Two clocks that end this process: processor time for loops, the wall's for endless waits."""

from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator

ENDED_BY = {signal.SIGALRM, signal.SIGXCPU}
PREPARING = 600.0  # seconds for imports, and for a database that is migrated the first time
SPARE_CPU, SPARE_WALL = 5, 60  # seconds beyond what a test takes by itself, several times over
CPU_FACTOR, WALL_FACTOR = 4, 15


def clocks_start() -> None:
    """Until the first test; ends the process as the system does, whatever caught it before."""
    for one in ENDED_BY:
        signal.signal(one, signal.SIG_DFL)
    clocks_set(PREPARING, PREPARING)


def clocks_wind(seconds: float) -> None:
    """For a test that takes ``seconds`` by itself."""
    clocks_set(SPARE_CPU + CPU_FACTOR * seconds, SPARE_WALL + WALL_FACTOR * seconds)


@contextlib.contextmanager
def clocks_paused() -> Iterator[None]:
    """What is done in here is not the test's to pay for."""
    processor = resource.getrlimit(resource.RLIMIT_CPU)[0] - _used()
    wall = signal.getitimer(signal.ITIMER_REAL)[0]
    clocks_set(PREPARING, PREPARING)
    yield
    clocks_set(processor, wall)


def clocks_set(processor: float, wall: float) -> None:
    """Seconds from now on."""
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(_used() + processor) + 1, most))
    signal.setitimer(signal.ITIMER_REAL, wall)


def _used() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
