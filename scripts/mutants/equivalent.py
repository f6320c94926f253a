"""The list of mutants that change nothing anybody could see, each with its reason.

Entries are blocks of four lines with a blank line between them, never with a line number:

    apps/plans/engine/levels.py
    if a > b:
    compare: if a >= b:
    why: a never equals b, because …
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.mutants.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Entry:
    """One mutant by its file, line of code and change."""

    path: str
    before: str
    change: str


def entry_of(mutant: Mutant) -> Entry:
    """How a mutant is named in the list."""
    return Entry(mutant.path, mutant.before, f"{mutant.operator}: {mutant.after}")


def entries_read(path: Path) -> dict[Entry, str]:
    """Every entry with its reason. Exits on a block that is none."""
    found: dict[Entry, str] = {}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        if not lines:
            continue
        if len(lines) != 4 or not lines[3].removeprefix("why:").strip():
            raise SystemExit(f"{path.name}: not path, code, change and why: {lines}")
        found[Entry(*lines[:3])] = lines[3].removeprefix("why:").strip()
    return found


def unmatched(entries: Iterable[Entry], mutants: Iterable[Mutant]) -> list[Entry]:
    """Entries that no mutant of the tree fits any more."""
    known = {entry_of(mutant) for mutant in mutants}
    return [entry for entry in entries if entry not in known]
