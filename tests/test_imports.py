"""The import contract refuses what it promises to refuse, and the drawing of imports is true."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import import_drawing

ROOT = Path(__file__).resolve().parent.parent
# what somebody might write -> how the contract answers
HOLES = {
    "apps/newroom/models.py": ("", "newroom"),
    "apps/plans/helpers.py": ("", "apps.plans.helpers stands on no shelf"),
    "apps/plans/presentation/hole.py": (
        "import apps.plans.views",
        "apps.plans.presentation.hole is not allowed to import apps.plans.views",
    ),
    "apps/plans/charts/hole.py": (
        "import apps.plans.services.items",
        "apps.plans.charts.hole is not allowed to import apps.plans.services.items",
    ),
    "apps/objectives/selectors/hole.py": (
        "import apps.plans.services.items",
        "apps.objectives.selectors.hole is not allowed to import apps.plans.services.items",
    ),
    "apps/cadence/services/hole.py": (
        "import apps.objectives.views.tree",
        "apps.cadence.services.hole is not allowed to import apps.objectives.views.tree",
    ),
    "apps/core/ui/hole.py": ("import embedded.postgres", "apps.core.ui.hole -> embedded.postgres"),
    "apps/core/ui/up.py": (
        "import apps.core.views",
        "apps.core.ui.up is not allowed to import apps.core.views",
    ),
    "apps/risks/domain_hole.py": ("", "apps.risks.domain_hole stands on no shelf"),
    "apps/plans/engine/hole.py": ("import django", "apps.plans.engine.hole -> django"),
    "embedded/hole.py": ("import apps.people.models", "embedded.hole -> apps.people.models"),
    "apps/plans/models/hole.py": (
        "import apps.core.htmx",
        "apps.plans.models.hole -> apps.core.htmx",
    ),
    "apps/plans/services/hole.py": ("import tests.conftest", "apps.plans.services.hole -> tests"),
    "apps/objectives/domain/hole.py": ("import socket", "apps.objectives.domain.hole -> socket"),
    "apps/objectives/services/hole.py": (
        "import importlib\nimport apps.plans.migrations",
        "apps.objectives.services.hole is not allowed to import apps.plans.migrations",
    ),
    "apps/risks/migrations/hole.py": (
        "import apps.plans.services.items",
        "apps.risks.migrations.hole -> apps.plans.services.items",
    ),
    "apps/risks/__init__.py": (
        "import apps.plans.services.items",
        "apps.risks is not allowed to import apps.plans.services.items",
    ),
    "apps/people/services_hole/__init__.py": ("", "apps.people.services_hole stands on no shelf"),
}


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contract says of a copy of the house with all these holes in it."""
    house = tmp_path_factory.mktemp("house")
    for room in ("okrtrack", "embedded", "apps", "scripts"):
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for name, (line, _answer) in HOLES.items():
        path = house / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(f"{line}\n", encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=house, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_refused_by_name(verdict: str, hole: str) -> None:
    assert HOLES[hole][1] in verdict


def test_no_code_stands_where_the_contract_does_not_look() -> None:
    """A folder without ``__init__`` is a package to Python, but not to the import graph."""
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    folders = {Path(name).parent for name in files if name}
    tops = {folder.parts[0] for folder in folders if folder.parts}
    assert tops == {"okrtrack", "embedded", "apps", "scripts", "bench", "deploy", "tests"}
    inner = {folder for folder in folders if folder.parts[:1] in {("apps",), ("embedded",)}}
    assert not [folder for folder in inner if not (ROOT / folder / "__init__.py").is_file()]


def test_the_drawing_of_imports_is_as_they_are() -> None:
    assert import_drawing.DOCS.read_text(encoding="utf-8") == import_drawing.docs_text()
