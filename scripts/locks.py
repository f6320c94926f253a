#!/usr/bin/env python3
"""The lock files agree with pyproject.toml: pinned, hashed, complete, and every wish has a reason.

python -m scripts.locks --check
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;\\]+)")
EXTRAS = re.compile(r"^([A-Za-z0-9._-]+)\[([^\]]+)\]==", re.MULTILINE)


def pins(path: Path) -> dict[str, Version]:
    """Package -> pinned version. Where markers pin several, the highest."""
    found: dict[str, Version] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = PINNED.match(line)
        if match:
            name, version = canonicalize_name(match[1]), Version(match[2])
            found[name] = max(version, found.get(name, version))
    return found


def problems_of_lock(path: Path, wishes: list[str]) -> list[str]:
    """What is wrong with one lock file."""
    text = path.read_text(encoding="utf-8")
    found = [f"{path.name} names an address" for _ in re.findall(r"https?://", text)[:1]]
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    found += [
        f"{path.name}: no hash for {block.split()[0]}"
        for block in blocks
        if PINNED.match(block) and "--hash=sha256:" not in block
    ]
    pinned = pins(path)
    extras = {canonicalize_name(m[1]): set(re.split(r",\s*", m[2])) for m in EXTRAS.finditer(text)}
    for wish in map(Requirement, wishes):
        name = canonicalize_name(wish.name)
        version = pinned.get(name)
        if version is None or version not in wish.specifier:
            found.append(f"{path.name} does not meet {wish}: run make lock")
        elif not wish.extras <= extras.get(name, set()):
            found.append(f"{path.name} leaves the extras of {wish} out: run make lock")
    return found


def problems() -> list[str]:
    """Everything wrong, one sentence each."""
    source = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(source)
    base = project["project"]["dependencies"]
    embedded = base + project["project"]["optional-dependencies"]["embedded"]
    everything = embedded + project["dependency-groups"]["dev"]
    found = [
        f"pyproject.toml: say why {wish} is there"
        for wish in everything
        if not re.search(re.escape(f'"{wish}"') + r",?\s+#\s+\S", source)
    ]
    for name, wishes in {"production": base, "run": embedded, "dev": everything}.items():
        found += problems_of_lock(ROOT / "requirements" / f"{name}.txt", wishes)
    return found


if __name__ == "__main__":
    faults = problems()
    print("\n".join(faults) or "The lock files agree with pyproject.toml.")
    sys.exit(bool(faults))
