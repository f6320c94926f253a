"""The data folder: what lies where, and the file locks that say who uses it.

Three `flock` files carry all the state about processes, because the kernel drops a lock when its
holder dies, however it dies; a pid in a file may outlive its process.

* `users.lock`, shared: held by every process that needs the server.
* `keeper.lock`, exclusive: held by the keeper for as long as it lives.
* `start.lock`, exclusive: held by the one process that is starting the keeper.
"""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from embedded.errors import EmbeddedError


@dataclass(frozen=True)
class DataFolder:
    """Paths below one data folder. `root` is absolute."""

    root: Path

    @classmethod
    def at(cls, path: str | os.PathLike[str]) -> DataFolder:
        """The data folder at `path`, made absolute; nothing is created."""
        return cls(Path(path).expanduser().resolve())

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder, made by initdb."""
        return self.root / "postgres"

    @property
    def password_file(self) -> Path:
        """The random password of the database role, readable by its owner only."""
        return self.root / "postgres.password"

    @property
    def port_file(self) -> Path:
        """The TCP port on 127.0.0.1, kept between starts."""
        return self.root / "postgres.port"

    @property
    def log_file(self) -> Path:
        """What PostgreSQL and its keeper wrote."""
        return self.root / "postgres.log"

    @property
    def users_lock(self) -> Path:
        """Shared lock of everyone who needs the server."""
        return self.root / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Exclusive lock of the living keeper; its text is the keeper's pid."""
        return self.root / "keeper.lock"

    @property
    def start_lock(self) -> Path:
        """Exclusive lock of whoever starts the keeper."""
        return self.root / "start.lock"

    @property
    def run_lock(self) -> Path:
        """Exclusive lock of `manage.py run`; its text is that process's pid."""
        return self.root / "run.lock"

    def prepare(self) -> None:
        """Create the folder, private to its owner. Raises EmbeddedError if it cannot be used."""
        try:
            for part in (self.root, *self.root.parents):
                if part.exists() and not part.is_dir():
                    raise EmbeddedError(
                        f"The data folder {self.root} cannot be made because {part} is a file: "
                        "choose another folder with OKRTRACK_DATA=folder."
                    )
            if not self.root.exists():
                self.root.mkdir(mode=0o700, parents=True)
                give_to_owner_of(self.root.parent, self.root)
            os.close(open_private(self.start_lock))
        except OSError as error:
            raise EmbeddedError(
                f"The data folder {self.root} is not writable for you ({error.strerror}): make it "
                "writable, or choose another folder with OKRTRACK_DATA=folder."
            ) from error

    def write_private(self, path: Path, text: str) -> None:
        """Replace `path` by `text` in one step, mode 0600."""
        side = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = open_private(side, os.O_TRUNC)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        side.replace(path)

    def read(self, path: Path) -> str:
        """The stripped text of `path`, empty if there is none."""
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""


def give_to_owner_of(model: Path, path: Path) -> None:
    """As root, hand `path` to the owner of `model`, so that this person may start it next time."""
    if os.geteuid() == 0:
        owner = model.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def open_private(path: Path, flags: int = 0) -> int:
    """A descriptor for reading and writing `path`, created with mode 0600 if missing."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | flags, 0o600)
    if is_new:
        give_to_owner_of(path.parent, path)
    return descriptor


def take_lock(path: Path, *, exclusive: bool, seconds: float = 0) -> int | None:
    """Lock `path`, waiting at most `seconds`; the descriptor that holds the lock, or None."""
    descriptor = open_private(path)
    mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    deadline = time.monotonic() + seconds
    while True:
        try:
            # Asked again and again, because flock knows no time-out.
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
        time.sleep(0.05)


def is_locked(path: Path) -> bool:
    """Whether another process holds `path` exclusively."""
    if not path.exists():
        return False
    descriptor = take_lock(path, exclusive=False)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False
