"""Run a command and end it when the starter has gone: for systems without PR_SET_PDEATHSIG.

`python leash.py DESCRIPTOR COMMAND…`: the descriptor is the reading end of a pipe whose other end
only the starter holds, so its end shows here however the starter ended. Standard library only,
run by path, imports nothing of the project.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time

LOOK_SECONDS = 0.2
GRACE_SECONDS = 20.0


def main(arguments: list[str]) -> int:
    """Run the command; its exit status, as a shell would give it."""
    pipe, command = int(arguments[0]), arguments[1:]
    child = subprocess.Popen(command, close_fds=True)
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(sign, lambda number, _frame: child.send_signal(number))
    while child.poll() is None:
        ready, _, _ = select.select([pipe], [], [], LOOK_SECONDS)
        if ready:  # nothing is ever written: this is the end of the pipe
            end(child)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child to end; after GRACE_SECONDS end the whole process group, this one included."""
    child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while child.poll() is None:
        if time.monotonic() > deadline:
            os.killpg(0, signal.SIGKILL)
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
