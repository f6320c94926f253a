"""Tests that share something dear run in one process, all others wherever there is room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TOGETHER, TogetherScheduling

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def scheduling() -> TogetherScheduling:
    return TogetherScheduling.__new__(TogetherScheduling)  # without a runner there is no more of it


@pytest.mark.parametrize("place", TOGETHER)
def test_what_shares_is_one_group(scheduling: TogetherScheduling, place: str) -> None:
    one, another = f"{place}test_a.py::test_one", f"{place}test_b.py::test_two[x]"
    assert scheduling._split_scope(one) == scheduling._split_scope(another) == place
    assert (ROOT / place).exists()


def test_every_other_test_goes_by_itself(scheduling: TogetherScheduling) -> None:
    for nodeid in ("tests/unit/test_a.py::test_one", "tests/unit/test_a.py::test_one[x]"):
        assert scheduling._split_scope(nodeid) == nodeid


def test_the_runner_takes_it() -> None:
    """In a run of two processes, the tests of the contract are done by one of them."""
    command = [sys.executable, "-m", "pytest", "tests/test_imports.py", "-n", "2", "-v"]
    command += ["--dist", "loadgroup", "-k", "drawing or look", "-p", "no:cacheprovider"]
    outside = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=outside
    )
    lines = [line for line in ran.stdout.splitlines() if "PASSED" in line]
    assert len(lines) > 1, ran.stdout
    assert len({line.split("]")[0] for line in lines}) == 1, lines
