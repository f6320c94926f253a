"""Helpers for tests that start, find and kill real processes."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def with_mark(mark: str) -> dict[int, str]:
    """The living processes whose environment has `mark`, by pid: the words of their commands."""
    found = {}
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            if mark.encode() in (place / "environ").read_bytes():
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ").strip()
        except OSError:
            continue
    return {pid: words for pid, words in found.items() if words}


def kill(pid: int) -> None:
    """kill -9 of a process that may have gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
