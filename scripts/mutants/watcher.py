"""pytest plugins of one mutant: the order of its tests and what came out; its database."""

from __future__ import annotations

from typing import Any

import pytest

from .clocks import clocks_paused, clocks_wind
from .database import database_take

QUIET = [
    "-q", "--capture=no", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist",
    "-p", "no:cov", "--timeout=0", "--hypothesis-seed=0",
]  # fmt: skip


def with_fixed_luck() -> None:
    """Property tests draw the same examples for every mutant, and do not shrink what they find."""
    from hypothesis import Phase, settings

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", database=None, deadline=None, phases=phases)
    settings.load_profile("mutants")


class Watcher:
    """Sorts the tests, limits each, and notes the first one that fails.

    ``tests`` with the seconds that each takes by itself. A limit that is passed ends the process.
    """

    def __init__(self, tests: dict[str, float]) -> None:
        self.seconds = tests
        self.wanted = {name: index for index, name in enumerate(tests)}
        self.failed = self.why = ""
        self.ran = self.missing = 0

    def answer(self) -> dict[str, Any]:
        """The verdict as the worker hands it on."""
        status = "killed" if self.failed else "survived"
        return {
            "status": status,
            "by": self.failed,
            "why": self.why,
            "ran": self.ran,
            "missing": self.missing,
        }

    def sort(self, items: list[pytest.Item]) -> None:
        """In the order asked for; tests that commit come last, as they empty the tables."""
        items.sort(key=lambda item: (_commits(item), self.wanted.get(item.nodeid, 0)))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """In the order asked for."""
        self.sort(items)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Limit the test."""
        clocks_wind(self.seconds.get(nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first failure."""
        self.ran += report.when == "call"
        if report.failed and not self.failed:
            self.failed, self.why = report.nodeid, _last_line(report)


class Databases:
    """Hands out a copied database instead of a migrated one."""

    def __init__(self, version: str) -> None:
        self.version = version

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the fixture after pytest-django's own, so that this one is taken."""
        config.pluginmanager.register(_CopiedDatabase(self.version))


class _CopiedDatabase:
    def __init__(self, version: str) -> None:
        self.version = version

    @pytest.fixture(scope="session")
    def django_db_setup(self, django_test_environment: None, django_db_blocker: Any) -> None:
        """A copy of the migrated database; the test that asks first does not pay for it."""
        with clocks_paused(), django_db_blocker.unblock():
            database_take(self.version)


def _commits(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_marked or bool(
        names & {"transactional_db", "live_server", "django_db_reset_sequences"}
    )


def _last_line(report: pytest.TestReport) -> str:
    text = (
        getattr(getattr(report.longrepr, "reprcrash", None), "message", "") or report.longreprtext
    )
    return " ".join(text.split())[:160]
