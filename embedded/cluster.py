"""One PostgreSQL cluster on disk: make it, find who runs it, start and stop its server."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from embedded.account import Account, choose_account, reachable
from embedded.binaries import Binaries, find_binaries
from embedded.errors import EmbeddedError
from embedded.folder import DataFolder
from embedded.parent import die_with_parent
from embedded.postmaster import remove_stale_pid_file, wait_until_ready

ROLE = "okrtrack"
PORTS = range(20000, 30000)  # below the ports that kernels lend to outgoing connections
START_SECONDS = 15.0  # for what a crash leaves behind to go away
PASSING_FAULTS = ("is still in use", "could not bind", "could not create any TCP/IP", "lock file")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_checkpoints": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True)
class Cluster:
    """What is needed to run the cluster of `folder`."""

    folder: DataFolder
    binaries: Binaries
    account: Account

    @classmethod
    def of(cls, folder: DataFolder) -> Cluster:
        """With the account that may run it and programs that this account can reach.

        Raises EmbeddedError where there is no such account or no such programs.
        """
        account = choose_account(folder.root, folder.cluster)
        binaries = find_binaries(cluster_major(folder.cluster))
        return cls(folder, reachable(binaries, account), account)

    def create(self, password: str) -> None:
        """Make the cluster if there is none: initdb into a side folder, then one rename."""
        # Of an initdb that was killed.
        for leftover in self.folder.root.glob("postgres.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if self.folder.cluster.exists():
            return
        side = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=self.folder.root))
        self.account.own(side)
        with tempfile.TemporaryFile() as secret:
            secret.write(password.encode())
            secret.flush()
            secret.seek(0)
            self.account.own(secret.fileno())
            self._initdb(side, secret.fileno())
        (side / "pg_hba.conf").write_text(
            "# only this machine, only with the password\n"
            "host all all 127.0.0.1/32 scram-sha-256\n",
            encoding="ascii",
        )
        side.rename(self.folder.cluster)

    def _initdb(self, side: Path, secret: int) -> None:
        done = subprocess.run(
            [
                self.binaries.program("initdb"),
                f"--pgdata={self.account.path_of_cwd(side)}",
                f"--username={ROLE}",
                f"--pwfile=/dev/fd/{secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                *(["--no-sync"] if extra_settings().get("fsync") == "off" else []),
            ],
            check=False,
            cwd=side,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(secret,),
            preexec_fn=die_with_parent(signal.SIGKILL),
            text=True,
            errors="replace",
            **self.account.popen_options(),
        )
        if done.returncode != 0:
            shutil.rmtree(side, ignore_errors=True)
            raise EmbeddedError(
                f"PostgreSQL could not make its files in {self.folder.root}: "
                f"{last_fault(done.stdout)}"
            )

    def start(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server and wait until it takes connections. Raises EmbeddedError.

        Faults that a crash leaves behind for a moment are retried for START_SECONDS.
        """
        deadline = time.monotonic() + START_SECONDS
        while True:
            remove_stale_pid_file(self.folder.cluster)
            log_start = file_size(self.folder.log_file)
            server = self._launch(port)
            if wait_until_ready(server, self.folder.cluster):
                return server
            fault = last_fault(read_from(self.folder.log_file, log_start))
            passing = any(part in fault for part in PASSING_FAULTS)
            if not passing or time.monotonic() > deadline:
                raise EmbeddedError(
                    f"PostgreSQL did not start: {fault} Its log is {self.folder.log_file}."
                )
            time.sleep(0.3)

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        settings = SETTINGS | extra_settings()
        where = self.account.path_of_cwd(self.folder.cluster)
        command = [self.binaries.program("postgres"), "-D", where, "-p", str(port)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = os.open(self.folder.log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            return subprocess.Popen(
                command,
                cwd=self.folder.cluster,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - one thread
                **self.account.popen_options(),
            )
        finally:
            os.close(log)


def clean_environment() -> dict[str, str]:
    """The environment without PostgreSQL's own variables, messages in plain English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    for name in ("LANG", "LANGUAGE", "LC_MESSAGES", "LC_CTYPE"):
        kept.pop(name, None)
    return kept | {"LC_ALL": "C"}


def extra_settings() -> dict[str, str]:
    """OKRTRACK_PG_OPTIONS, words like `fsync=off shared_buffers=1GB`."""
    settings = {}
    for word in os.environ.get("OKRTRACK_PG_OPTIONS", "").split():
        name, equals, value = word.partition("=")
        if not equals or not name.replace("_", "").replace(".", "").isalnum():
            raise EmbeddedError(
                f"OKRTRACK_PG_OPTIONS has the word “{word}”: write name=value words with a space "
                "between them, for example shared_buffers=1GB."
            )
        settings[name] = value
    return settings


def cluster_major(cluster: Path) -> int | None:
    """The major version that made the cluster; None where there is none yet."""
    if not cluster.exists():
        return None
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").strip())
    except PermissionError as error:
        raise EmbeddedError(
            f"The database in {cluster} belongs to another account: start okrtrack as the account "
            "that started it first, or choose another folder with OKRTRACK_DATA=folder."
        ) from error
    except (OSError, ValueError) as error:
        raise EmbeddedError(
            f"{cluster} exists but is not a PostgreSQL database: move it away, or choose another "
            "folder with OKRTRACK_DATA=folder."
        ) from error


def free_port(preferred: str) -> int:
    """`preferred` (a number as text) if nobody listens there, else a free one of PORTS."""
    tries = [int(preferred)] if preferred.isdigit() else []
    tries += random.sample(PORTS, 50)
    for port in tries:
        if port in PORTS and is_port_free(port):
            return port
    raise EmbeddedError(
        f"No free port from {PORTS[0]} to {PORTS[-1]} was found on 127.0.0.1: end programs that "
        "listen there, or set DATABASE_URL to a PostgreSQL server."
    )


def is_port_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def file_size(path: Path) -> int:
    """Size in bytes, 0 for a missing file."""
    return path.stat().st_size if path.exists() else 0


def read_from(path: Path, offset: int) -> str:
    """The text of `path` from byte `offset` on."""
    with path.open("rb") as stream:
        stream.seek(offset)
        return stream.read().decode(errors="replace")


def last_fault(log: str) -> str:
    """The last FATAL, PANIC or error line of a PostgreSQL log, as a sentence."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    for mark in ("FATAL:", "PANIC:", "error:", "ERROR:"):
        for line in reversed(lines):
            if mark in line:
                return line.split(mark, 1)[1].strip().rstrip(".") + "."
    return (lines[-1].rstrip(".") + ".") if lines else "it said nothing."
