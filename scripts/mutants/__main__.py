"""Change the code in one place at a time and see whether a test notices.

Without paths: every mutant of the permissions and the delay engine, and a seeded sample of places
of the rest. Ends with 1 when one of the former survives.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from scripts.mutants.equivalent import entries_read, entry_of, unmatched
from scripts.mutants.finder import mutants_of
from scripts.mutants.layout import EQUIVALENT, Layout, digest
from scripts.mutants.mutant import Mutant
from scripts.mutants.pool import KILLED, STALE, SURVIVED, TIMEOUT, UNREACHED, Verdict, judge_all
from scripts.mutants.reach import reach_load
from scripts.mutants.selection import Chooser

HEADINGS = {
    SURVIVED: "Survived: no test notices",
    UNREACHED: "Reached by no test of the map",
    STALE: "Not judged: the file changed while this ran",
    TIMEOUT: "Ended at the time limit (counted as killed)",
}


def arguments(argv: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    add = parser.add_argument
    add("paths", nargs="*", help="files or folders: every mutant in them")
    add("--seed", type=int, default=1, help="which sample of the rest (default 1)")
    add("--count", type=int, help="how many places to sample (default 300; with paths: all)")
    add("--changed-since", metavar="REV", help="only lines that differ from this revision")
    add("--only", action="append", default=[], metavar="PATH:LINE", help="only this line")
    add("--budget", type=float, default=60, help="seconds of tests for one mutant (default 60)")
    add("--workers", type=int, default=2)
    add("--rebuild-map", action="store_true", help="run all tests again for the map")
    add("--list", action="store_true", help="print the mutants and test none")
    return parser.parse_args(argv)


def say(text: str) -> None:
    """To people, at once."""
    print(text, file=sys.stderr, flush=True)


def chosen(layout: Layout, options: argparse.Namespace, every: list[Mutant]) -> list[Mutant]:
    """The mutants that the command line asks for."""
    if options.only:
        return [m for m in every if f"{m.path}:{m.line}" in options.only]
    if options.changed_since:
        lines = lines_changed(layout.root, options.changed_since)
        return [m for m in every if m.line in lines.get(m.path, set())]
    if options.paths:
        roots = [path.rstrip("/") for path in options.paths]
        inside = [m for m in every if any(is_below(m.path, root) for root in roots)]
        return inside if options.count is None else sample(inside, options.count, options.seed)
    whole = [m for m in every if layout.must_die(m.path)]
    rest = [m for m in every if not layout.must_die(m.path)]
    return whole + sample(rest, 300 if options.count is None else options.count, options.seed)


def is_below(path: str, root: str) -> bool:
    """Whether ``path`` is ``root`` or lies in it."""
    return path == root or path.startswith(f"{root}/")


def sample(mutants: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """One mutant of each of ``count`` lines, the same for the same seed and tree."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    places: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        places[mutant.path, mutant.line].append(mutant)
    lines = luck.sample(sorted(places), min(count, len(places)))
    return [luck.choice(sorted(places[line])) for line in lines]


def lines_changed(root: Path, revision: str) -> dict[str, set[int]]:
    """Lines of the working tree that differ from a revision."""
    command = ["git", "diff", "--unified=0", "--no-prefix", "--no-renames", revision]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    found: dict[str, set[int]] = defaultdict(set)
    path = ""
    for line in answer.stdout.splitlines():
        if line.startswith("+++ "):
            path = line[4:]
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(match[1]), int(match[2] or 1)
            found[path] |= set(range(first, first + count))
    return found


class Report:
    """Prints as verdicts come in, and the whole at the end."""

    def __init__(self, layout: Layout, total: int) -> None:
        self.layout, self.total = layout, total
        self.verdicts: list[Verdict] = []
        self._lock = threading.Lock()

    def tell(self, verdict: Verdict) -> None:
        """One more."""
        with self._lock:
            self.verdicts.append(verdict)
            if verdict.status == SURVIVED:
                say(described(verdict))
            if len(self.verdicts) % 50 == 0:
                say(f"{len(self.verdicts)} of {self.total}")

    def finish(self) -> bool:
        """Print everything by app; whether all that must die did."""
        ordered = sorted(self.verdicts, key=lambda verdict: verdict.mutant)
        for status, heading in HEADINGS.items():
            found = [verdict for verdict in ordered if verdict.status == status]
            if found:
                print(f"\n## {heading}")
            app = ""
            for verdict in found:
                if app != (app := PurePosixPath(verdict.mutant.path).parts[1]):
                    print(f"\n# {app}")
                print(described(verdict))
        counts = Counter(verdict.status for verdict in ordered)
        print(
            f"\n{len(ordered)} mutants: {counts[KILLED]} killed, {counts[TIMEOUT]} ended at the "
            f"time limit, {counts[SURVIVED]} survived, {counts[UNREACHED]} reached by no test"
        )
        kept = [asdict(verdict) for verdict in ordered]
        (self.layout.work / "last.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
        alive = {SURVIVED, UNREACHED, STALE}
        return not any(v.status in alive and self.layout.must_die(v.mutant.path) for v in ordered)


def described(verdict: Verdict) -> str:
    """A verdict for people."""
    if verdict.status != SURVIVED:
        return str(verdict.mutant)
    rest = (
        f" of {verdict.ran + verdict.left} (the rest did not fit --budget)" if verdict.left else ""
    )
    return f"{verdict.mutant}\n    {verdict.ran}{rest} tests ran"


def run(layout: Layout, argv: list[str]) -> int:
    """The whole command; its exit status."""
    options = arguments(argv)
    layout.work.mkdir(exist_ok=True)
    sources = {path: digest(layout.root / path) for path in layout.files()}
    every = [m for p in sources for m in mutants_of(p, (layout.root / p).read_bytes())]
    entries = entries_read(layout.root / EQUIVALENT)
    for entry in unmatched(entries, every):
        print(f"{EQUIVALENT} fits nothing any more: {entry.path}: {entry.before}: {entry.change}")
    wanted = chosen(layout, options, every)
    asked = [mutant for mutant in wanted if entry_of(mutant) not in entries]
    say(f"{len(asked)} mutants of {len(every)}, {len(wanted) - len(asked)} listed as equivalent")
    if options.list:
        print("\n".join(map(str, asked)))
        return 0
    reach = reach_load(layout, workers=options.workers, is_new=options.rebuild_map, say=say)
    for test in reach.failed:
        print(f"Fails without any mutant, so it was not used: {test}")
    chooser = Chooser(layout, reach, options.budget)
    jobs = [(mutant, chooser.of(mutant)) for mutant in asked]
    report = Report(layout, len(jobs))
    sound = judge_all(
        layout, jobs, sources, reach.seconds, workers=options.workers, tell=report.tell
    )
    for test in sorted(test for test, is_sound in sound.items() if not is_sound):
        print(f"Fails by itself in a worker, so it was not used: {test}")
    return 0 if report.finish() else 1


if __name__ == "__main__":
    sys.exit(run(Layout(Path(__file__).resolve().parents[2]), sys.argv[1:]))
