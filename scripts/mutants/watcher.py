"""The pytest plugin of one mutant: the order of its tests, their limits, what came out."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from scripts.mutants.clocks import clocks_paused, clocks_wind
from scripts.mutants.database import database_copies_use

QUIET = [
    "-q", "--capture=no", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:cov",
    "--timeout=0", "--hypothesis-seed=0",
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

    def pytest_configure(self) -> None:
        """Copied databases from here on."""
        database_copies_use()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """What a whole run shares is not for the test to pay that asks for it first."""
        if fixturedef.scope != "session":
            return (yield)
        with clocks_paused():
            return (yield)

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
