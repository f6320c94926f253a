"""Where things lie: the one table to change when folders move."""

from __future__ import annotations

import fnmatch
import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WORK = ".mutants"  # maps, trees and data folders; git-ignored
EQUIVALENT = "scripts/mutants.equivalent"


@dataclass(frozen=True, slots=True)
class Layout:
    """Patterns from ``root``; ``*`` crosses folders."""

    root: Path
    whole: tuple[str, ...] = ("apps/*/permissions.py", "apps/plans/engine/*.py")
    rest: tuple[str, ...] = ("apps/*.py",)
    never: tuple[str, ...] = ("*/migrations/*",)
    tests: tuple[str, ...] = (
        "tests/unit",
        "tests/services",
        "tests/api",
        "tests/web",
        "tests/permissions/test_register.py",
    )

    @property
    def work(self) -> Path:
        """The folder of everything kept between runs."""
        return self.root / WORK

    def tree(self, number: int) -> Path:
        """The copy of the tree that worker ``number`` changes."""
        return self.work / f"tree-{number}"

    def data(self, number: int) -> Path:
        """The data folder of worker ``number``, with a PostgreSQL of its own."""
        return self.work / f"data-{number}"

    def must_die(self, path: str) -> bool:
        """Whether every mutant of this file counts, not a sample."""
        return _fits(path, self.whole)

    def files(self) -> list[str]:
        """All files that may be mutated."""
        found = {p for p in known_files(self.root) if p.endswith(".py")}
        return sorted(
            p for p in found if _fits(p, self.whole + self.rest) and not _fits(p, self.never)
        )


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)


def known_files(root: Path) -> list[str]:
    """Every file of the project, tracked or new; everything below ``root`` outside of git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode == 0 and answer.stdout:
        names = [name for name in answer.stdout.split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*")]
    kept = (n for n in names if not n.startswith(WORK) and "__pycache__" not in n)
    return sorted(name for name in kept if (root / name).is_file())


def digest(path: Path) -> str:
    """Short hash of a file's bytes, "" without a file."""
    if not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def tree_sync(root: Path, tree: Path) -> None:
    """Make ``tree`` the same as the working tree, and touch only what differs.

    Times are copied too: compiled files of unchanged sources stay good.
    """
    wanted = set(known_files(root))
    if tree.exists():
        for path in [p for p in tree.rglob("*") if p.is_file() and p.suffix != ".pyc"]:
            name = str(path.relative_to(tree))
            if name not in wanted and not name.startswith("."):
                path.unlink()
    for name in wanted:
        source, copy = root / name, tree / name
        if copy.is_file() and _is_same(source, copy):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, copy)


def _is_same(source: Path, copy: Path) -> bool:
    ours, theirs = source.stat(), copy.stat()
    return ours.st_size == theirs.st_size and ours.st_mtime_ns == theirs.st_mtime_ns
