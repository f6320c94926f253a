"""As root: the account PostgreSQL runs under, and programs this account can reach.

PostgreSQL refuses to run as root. The account owns the cluster folder only. The folders above may
be closed to it (a home with mode 0700), so nothing is opened by its full path: the server starts
*inside* its folder, entered while still root, and knows it as `/proc/self/cwd`. Programs have to be
opened by path; where the account cannot, they are copied once to a folder of root that it can.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from embedded.binaries import Binaries
from embedded.errors import EmbeddedError

COPY_PLACES = ("/var/lib", "/opt", "/var/tmp")  # noqa: S108 - only below a folder of root


@dataclass(frozen=True)
class Account:
    """The account to run as; `uid` None means the present one."""

    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, Any]:
        """Options that make `subprocess` start a program under this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def path_of_cwd(self, folder: Path) -> str:
        """What a program started inside `folder` under this account must call it."""
        return str(folder) if self.uid is None or sys.platform != "linux" else "/proc/self/cwd"

    def own(self, path: Path | int) -> None:
        """Give one file or folder to the account. Raises EmbeddedError where root may not."""
        if self.uid is None or self.gid is None:
            return
        try:
            os.chown(path, self.uid, self.gid)
        except OSError as error:
            raise EmbeddedError(
                "PostgreSQL refuses to run as root, and this root may not give files to another "
                f"account ({error.strerror}): start okrtrack as a normal user."
            ) from error

    def own_tree(self, folder: Path) -> None:
        """Give a folder and all below it to the account, symbolic links left alone."""
        for parent, folders, files in os.walk(folder):
            self.own(Path(parent))
            for name in (*folders, *files):
                if not (path := Path(parent, name)).is_symlink():
                    self.own(path)


def choose_account(data_root: Path, cluster: Path) -> Account:
    """Who runs PostgreSQL: the present account, or as root the owner of the data, or a nobody."""
    if os.geteuid() != 0:
        return Account()
    for folder in (cluster, data_root):
        if folder.exists() and (owner := folder.stat()).st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    for name in (os.environ.get("OKRTRACK_PG_USER"), "postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name or "")
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root and there is no account named postgres or nobody: "
        "set OKRTRACK_PG_USER to an account, or start okrtrack as a normal user."
    )


def reachable(binaries: Binaries, account: Account) -> Binaries:
    """`binaries`, or a copy of them that the account can read and run."""
    if account.uid is None or _can_use(binaries, account):
        return binaries
    program = (binaries.bin / "postgres").stat()
    mark = f"{binaries.bin}:{program.st_size}:{program.st_mtime_ns}"
    name = f"{binaries.version}-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    for place in COPY_PLACES:
        base = Path(place, "okrtrack-postgres")
        if not _is_ours(base):
            continue
        copy = replace(binaries, root=base / name)
        try:
            if not copy.root.exists():
                _copy(binaries, copy.root)
        except OSError:
            continue
        if _can_use(copy, account):
            return copy
    raise EmbeddedError(
        f"As root, PostgreSQL has to run under another account, which can neither reach "
        f"{binaries.bin} nor a copy in {', '.join(COPY_PLACES)}: start okrtrack as a normal user, "
        "or set OKRTRACK_PG_BIN to a bin folder that everyone can read."
    )


def _can_use(binaries: Binaries, account: Account) -> bool:
    """Whether the account can run the programs and read the files beside them."""
    if not binaries.bin.is_dir():
        return False
    probe = '"$1" --version && "$2" --version && test -z "$3" -o -r "$3"'
    bki = next((binaries.bin.parent / "share").glob("**/postgres.bki"), None)
    names = [binaries.program("postgres"), binaries.program("initdb"), str(bki or "")]
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", probe, "sh", *names],
            check=False,
            capture_output=True,
            cwd="/",
            timeout=20,
            **account.popen_options(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        if isinstance(error, PermissionError):
            raise EmbeddedError(
                "PostgreSQL refuses to run as root, and this root may not switch to another "
                "account: start okrtrack as a normal user."
            ) from error
        return False
    return done.returncode == 0


def _is_ours(base: Path) -> bool:
    """Whether `base` is, or could be made, a folder that only root can write."""
    try:
        base.mkdir(mode=0o755, exist_ok=True)
        found = base.lstat()
    except OSError:
        return False
    if not base.is_dir() or base.is_symlink() or found.st_uid != 0 or found.st_mode & 0o022:
        return False
    base.chmod(0o755)
    return True


def _copy(binaries: Binaries, target: Path) -> None:
    """Copy the installation beside `target`, open it for reading, then rename: all or nothing."""
    side = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        for tree in binaries.trees:
            if (binaries.root / tree).exists():
                shutil.copytree(binaries.root / tree, side / tree, symlinks=True)
        for parent, _folders, files in os.walk(side):
            Path(parent).chmod(0o755)
            for name in files:
                path = Path(parent, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        side.rename(target)
    except FileExistsError:
        pass
    finally:
        shutil.rmtree(side, ignore_errors=True)
