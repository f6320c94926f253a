"""A pytest plugin of the run that makes the map: how long every test took, and whether it passed.

Writes to the file that OKRTRACK_MUTANTS_RECORD names, from the process that gathers all reports.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

RECORD = "OKRTRACK_MUTANTS_RECORD"
_seconds: dict[str, float] = {}
_failed: set[str] = set()
_skipped: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and tear-down."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if report.failed:
        _failed.add(report.nodeid)
    elif report.skipped and not hasattr(report, "wasxfail"):
        _skipped.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was recorded, once."""
    if hasattr(session.config, "workerinput") or RECORD not in os.environ:
        return
    passed = {k: round(v, 4) for k, v in _seconds.items() if k not in _failed | _skipped}
    record = {"seconds": passed, "failed": sorted(_failed), "skipped": sorted(_skipped)}
    Path(os.environ[RECORD]).write_text(json.dumps(record), encoding="utf-8")
