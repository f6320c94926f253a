"""The server process of a cluster: who it is, whether it is ready, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

RECOVERY_SECONDS = 300.0  # for replaying the log after a crash
STOP_SECONDS = 30.0


def wait_until_ready(server: subprocess.Popen[bytes], cluster: Path) -> bool:
    """Wait until `server` takes connections; False if it ended or took too long."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while server.poll() is None:
        lines = pid_file_lines(cluster)
        if len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return True
        if time.monotonic() > deadline:
            stop_server(server.pid)
            return False
        time.sleep(0.03)
    return False


def pid_file_lines(cluster: Path) -> list[str]:
    """The lines of postmaster.pid: pid, folder, start, port, socket, address, memory, status."""
    try:
        return (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []


def running_pid(cluster: Path) -> int | None:
    """The pid in postmaster.pid, if that process is a postgres which lives in this folder."""
    lines = pid_file_lines(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if is_postgres_in(pid, cluster) else None


def is_postgres_in(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is called postgres and its working folder is `cluster`."""
    if sys.platform == "linux":
        try:
            name = Path(f"/proc/{pid}/comm").read_text().strip()
            folder = Path(f"/proc/{pid}/cwd").readlink()
        except OSError:
            return False
        return name == "postgres" and folder == cluster
    name = _answer("ps", "-p", str(pid), "-o", "comm=")
    folders = _answer("lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn").splitlines()
    return Path(name).name == "postgres" and f"n{cluster}" in folders


def _answer(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def remove_stale_pid_file(cluster: Path) -> None:
    """End a server of this folder that lost its keeper; drop a postmaster.pid that names nobody."""
    pid = running_pid(cluster)
    if pid is not None:
        stop_server(pid)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def stop_server(pid: int) -> None:
    """Ask for a fast shutdown, then insist; returns when the process is gone."""
    for sign, seconds in (
        (signal.SIGINT, STOP_SECONDS),
        (signal.SIGQUIT, 5.0),
        (signal.SIGKILL, 5.0),
    ):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if has_ended(pid):
                return
            time.sleep(0.03)


def has_ended(pid: int) -> bool:
    """Whether `pid` is gone; reaps it if it is our child."""
    try:
        reaped, _status = os.waitpid(pid, os.WNOHANG)
        return reaped == pid
    except ChildProcessError:
        return not exists(pid)


def exists(pid: int) -> bool:
    """Whether process `pid` runs, whoever owns it; one that waits to be reaped has ended."""
    try:
        os.kill(pid, 0)
        if sys.platform == "linux":
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (ProcessLookupError, FileNotFoundError):
        return False
    except PermissionError:
        return True
    return True
