"""The keeper: a small process of its own that runs one PostgreSQL server.

It starts the server, starts it again after a crash, and ends it as soon as no process holds
`users.lock` any more, so a kill -9 of all users leaves nothing running. Standard library only.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from embedded.cluster import Cluster, file_size, free_port
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder, give_to_owner_of, take_lock
from embedded.postmaster import remove_stale_pid_file, stop_server

LOOK_SECONDS = 0.1
LONGEST_PAUSE = 5.0
LOG_BYTES = 5 * 2**20


class Keeper:
    """Runs the server of one data folder until nobody needs it or a signal ends it."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.is_stopping = False
        self.server: subprocess.Popen[bytes] | None = None
        self.port = 0

    def start(self) -> Cluster:
        """Make the cluster if needed and start its server. Raises EmbeddedError."""
        folder = self.folder
        cluster = Cluster.of(folder)
        password = folder.read(folder.password_file)
        if not password and folder.cluster.exists():
            raise EmbeddedError(
                f"{folder.password_file} is missing, and the database cannot be opened without "
                "it: put it back, or choose another folder with OKRTRACK_DATA=folder."
            )
        if not password:
            password = secrets.token_urlsafe(24)
            folder.write_private(folder.password_file, password)
        # After the password is on disk: without it nobody could ever open the cluster.
        cluster.create(password)
        uid = cluster.account.uid
        if uid is not None and folder.cluster.stat().st_uid != uid:
            cluster.account.own_tree(folder.cluster)  # a copy made by root
        self._trim_log()
        remove_stale_pid_file(folder.cluster)
        self.port = free_port(folder.read(folder.port_file))
        self.server = cluster.start(self.port)
        folder.write_private(folder.port_file, str(self.port))
        return cluster

    def _trim_log(self) -> None:
        log = self.folder.log_file
        if file_size(log) > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        log.touch(mode=0o600)
        give_to_owner_of(self.folder.root, log)

    def watch(self, cluster: Cluster) -> None:
        """Keep the server alive until the last user has gone; then end it."""
        pause = LOOK_SECONDS
        while not self.is_stopping:
            time.sleep(pause)
            users = take_lock(self.folder.users_lock, exclusive=True)
            if users is not None:  # kept until this process ends: newcomers wait for that
                break
            if self.server is not None and self.server.poll() is None:
                pause = LOOK_SECONDS
                continue
            pause = self._restart(cluster, pause)
        if self.server is not None:
            stop_server(self.server.pid)

    def _restart(self, cluster: Cluster, pause: float) -> float:
        """Start the server again on the same port; the seconds to wait before the next look."""
        self.log("PostgreSQL has ended; starting it again")
        try:
            self.server = cluster.start(self.port)
        except EmbeddedError as error:
            self.server = None
            self.log(str(error))
            return min(pause * 2, LONGEST_PAUSE)
        return LOOK_SECONDS

    def log(self, sentence: str) -> None:
        """Append one line to the server's log."""
        with self.folder.log_file.open("a", encoding="utf-8") as stream:
            stream.write(f"keeper: {sentence}\n")

    def stop_soon(self, _sign: int, _frame: FrameType | None) -> None:
        """Signal handler: end the server at the next look."""
        self.is_stopping = True


def main(argument: str) -> int:
    """Run the keeper of the data folder `argument`; tells its starter `ok` or one sentence."""
    if os.fork():  # the keeper is nobody's child, so nobody has to wait for it
        return 0
    folder = DataFolder(Path(argument))
    lock = take_lock(folder.keeper_lock, exclusive=True, seconds=5)
    if lock is None:
        return 0
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    keeper = Keeper(folder)
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, keeper.stop_soon)
    cluster, answer = None, "ok"
    try:
        cluster = keeper.start()
    except EmbeddedError as error:
        answer = str(error)
    except OSError as error:
        answer = f"PostgreSQL could not be started in {folder.root}: {error}."
    sys.stdout.buffer.write(answer.encode())
    sys.stdout.close()
    os.close(1)
    if cluster is not None:
        keeper.watch(cluster)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
