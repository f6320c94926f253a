"""The map: which test runs which lines, kept in the work folder and brought up to date in parts.

A test file that is new or changed is run again; a source that changed since is looked up by
function instead of by line. What fixtures and helpers of the tests changed does not show: build
the map anew after such a change.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coverage import CoverageData

from scripts.mutants.layout import Layout, digest, known_files, tree_sync
from scripts.mutants.mutant import functions_in
from scripts.mutants.recorder import RECORD

IMPORTING = ""  # coverage's name for what runs before any test
VERSION = 1
HOME = Path(__file__).resolve().parents[2]  # where this package is found, whatever it works on
COVERAGE_RC = """[run]
source = {source}
branch = False
relative_files = True
data_file = {data}
"""
Lines = dict[str, dict[int, set[str]]]


@dataclass(slots=True)
class Reach:
    """What one build of the map knows."""

    seconds: dict[str, float] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)  # path -> line -> tests
    functions: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)  # sources as they were
    test_files: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, record: dict[str, Any], lines: Lines, root: Path) -> None:
        """Take in a run of some test files; what they reached before is forgotten."""
        ran = {name.split("::")[0] for name in [*record["seconds"], *record["failed"]]}
        self.forget(ran)
        self.seconds |= record["seconds"]
        self.failed += record["failed"]
        for path, by_line in lines.items():
            is_same = self.digests.get(path) == digest(root / path)
            old = self.lines.get(path, {})
            # By line only when the map was made of this very source; else this run is all there is.
            known = defaultdict(set, old if is_same else {})
            for line, tests in by_line.items():
                known[line] |= {t for t in tests if t == IMPORTING or t in self.seconds}
            if is_same or not old:
                self.lines[path] = dict(known)
                self.digests[path] = digest(root / path)
            self._add_functions(root, path, by_line)

    def _add_functions(self, root: Path, path: str, by_line: dict[int, set[str]]) -> None:
        known = self.functions.setdefault(path, {})
        for name, first, last in functions_in(_parsed(root / path)):
            inside = [by_line.get(line, set()) for line in range(first + 1, last + 1)]
            tests = set().union(*inside) & self.seconds.keys()
            known.setdefault(name, set()).update(tests)

    def forget(self, test_files: set[str]) -> None:
        """Drop everything about the tests of these files."""
        gone = {name for name in self.seconds if name.split("::")[0] in test_files}
        self.failed = [n for n in self.failed if n.split("::")[0] not in test_files]
        for name in gone:
            del self.seconds[name]
        for table in [*self.lines.values(), *self.functions.values()]:
            for tests in table.values():  # type: ignore[attr-defined]
                tests.difference_update(gone)

    def of_lines(self, path: str, first: int, last: int) -> set[str]:
        """Tests that run one of these lines, and IMPORTING."""
        by_line = self.lines.get(path, {})
        return set().union(*(by_line.get(line, set()) for line in range(first, last + 1)))


def _parsed(path: Path) -> Any:
    import ast

    return ast.parse(path.read_bytes())


def reach_load(layout: Layout, *, workers: int, is_new: bool, say: Any) -> Reach:
    """The map, built when there is none and brought up to date where test files changed."""
    kept = layout.work / "reach.json"
    reach = Reach() if is_new or not kept.exists() else _read(kept)
    files = {
        name: digest(layout.root / name)
        for name in known_files(layout.root)
        if name.startswith(layout.tests) and Path(name).name.startswith("test_")
    }
    reach.forget(reach.test_files.keys() - files.keys())
    changed = sorted(n for n, sum_ in files.items() if reach.test_files.get(n) != sum_)
    if changed:
        say(f"Mapping what {len(changed)} of {len(files)} test files reach …")
        record, lines = _run(layout, changed, workers)
        reach.add(record, lines, layout.root)
        reach.test_files = files
        _write(kept, reach)
    return reach


def _run(layout: Layout, files: list[str], workers: int) -> tuple[dict[str, Any], Lines]:
    """Run test files in a copy of the tree, and read what they reached."""
    tree = layout.tree(0)
    tree_sync(layout.root, tree)
    data, record = layout.work / "coverage", layout.work / "record.json"
    rc = layout.work / "coveragerc"
    sources = sorted({pattern.split("/")[0] for pattern in layout.rest + layout.whole})
    rc.write_text(COVERAGE_RC.format(source=",".join(sources), data=data), encoding="utf-8")
    record.unlink(missing_ok=True)
    spread = ["-n", str(workers), "--dist", "loadgroup"] if workers > 1 else []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "scripts.mutants.recorder"]
    command += ["-p", "no:cacheprovider", "-p", "no:randomly", "--timeout=900"]
    command += ["--cov", f"--cov-config={rc}"]
    command += ["--cov-context=test", "--cov-report=", *spread, *files]
    environment = worker_environment(layout, 0) | {RECORD: str(record)}
    log = layout.work / "map.log"
    with log.open("wb") as stream:
        subprocess.run(
            command, cwd=tree, env=environment, stdout=stream, stderr=stream, check=False
        )
    if not record.exists():
        raise SystemExit(f"The tests did not run: see {log}.")
    return json.loads(record.read_text(encoding="utf-8")), _lines_of(data)


def worker_environment(layout: Layout, number: int) -> dict[str, str]:
    """A data folder of its own: workers share neither database nor files."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV"))}
    return kept | {
        "OKRTRACK_DATA": str(layout.data(number)),
        "OKRTRACK_PG_OPTIONS": "fsync=off synchronous_commit=off full_page_writes=off",
        "PYTHONPATH": os.pathsep.join([str(layout.tree(number)), str(HOME)]),
        "PYTHONHASHSEED": "0",
    }


def _lines_of(path: Path) -> Lines:
    data = CoverageData(basename=str(path))
    data.read()
    found: Lines = {}
    for name in data.measured_files():
        by_line = data.contexts_by_lineno(name)
        found[name] = {
            line: {context.rpartition("|")[0] for context in contexts}
            for line, contexts in by_line.items()
        }
    return found


def _write(path: Path, reach: Reach) -> None:
    names = list(reach.seconds)
    number = {name: index for index, name in enumerate(names)} | {IMPORTING: -1}

    def packed(table: dict[Any, set[str]]) -> dict[str, list[int]]:
        return {str(key): sorted(number[t] for t in tests) for key, tests in table.items()}

    whole = {
        "version": VERSION,
        "tests": [[name, reach.seconds[name]] for name in names],
        "lines": {path: packed(table) for path, table in reach.lines.items()},
        "functions": {path: packed(table) for path, table in reach.functions.items()},
        "digests": reach.digests,
        "test_files": reach.test_files,
        "failed": reach.failed,
    }
    side = path.with_suffix(".new")
    side.write_text(json.dumps(whole), encoding="utf-8")
    side.replace(path)


def _read(path: Path) -> Reach:
    whole = json.loads(path.read_text(encoding="utf-8"))
    if whole["version"] != VERSION:
        return Reach()
    names = [name for name, _seconds in whole["tests"]] + [IMPORTING]  # -1 is the last

    def unpacked(table: dict[str, list[int]]) -> dict[str, set[str]]:
        return {key: {names[i] for i in tests} for key, tests in table.items()}

    return Reach(
        seconds=dict(whole["tests"]),
        lines={
            path: {int(line): tests for line, tests in unpacked(table).items()}
            for path, table in whole["lines"].items()
        },
        functions={path: unpacked(table) for path, table in whole["functions"].items()},
        digests=whole["digests"],
        test_files=whole["test_files"],
        failed=whole["failed"],
    )
