"""`load_plan` as it is typed."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.plans.models import Baseline, Plan
from tests.build import make_plan
from tests.unit.planfile.files import SHIPPED, SMALL, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def run(*words: object) -> str:
    out = io.StringIO()
    call_command(*(str(word) for word in words), stdout=out)
    return out.getvalue()


def test_a_plan_is_loaded_and_told(file: Path) -> None:
    told = run("load_plan", file, "--start", "2025-07-01")
    assert "+ task 1.1 (Find a place)" in told
    assert Plan.objects.get(key="shop").language == "en"
    assert run("load_plan", file, "--start", "2025-07-01") == "Nothing changed.\n"


def test_a_changed_file_is_told_old_and_new_and_signed(file: Path) -> None:
    run("load_plan", file, "--start", "2025-07-01")
    file.write_text(changed("finish: M1.20", "finish: M1.25"), encoding="utf-8")
    tried = run("load_plan", file, "--start", "2025-07-01", "--dry-run")
    assert "finish_on: 2025-07-20 → 2025-07-25" in tried
    assert "Nothing was written" in tried
    run("load_plan", file, "--start", "2025-07-01", "--by", "bo", "--reason", "Asked by Ann")
    baseline = Baseline.objects.get(version=2)
    assert (baseline.reason, baseline.signed_by.username) == ("Asked by Ann", "bo")


def test_all_problems_are_told_with_line_and_field_and_nothing_is_written(file: Path) -> None:
    text = changed("role: pmo", "role: boss")
    text = changed("finish: M1.20", "finish: M1.99", text)
    file.write_text(changed("kind: SF", "kind: XX", text), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run("load_plan", file, "--start", "2025-07-01")
    lines = str(caught.value).splitlines()
    assert lines[0].endswith("3 problems. Nothing was written.")
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        "line 14, people[2].role",
        "line 44, tasks[1].finish",
        "line 51, links[3].kind",
    ]
    assert caught.value.returncode == 1
    assert not Plan.objects.exists()


def test_too_many_problems_are_counted(file: Path) -> None:
    rows = "".join(f"  - {{key: x{n}}}\n" for n in range(300))
    file.write_text(changed("tasks:\n", f"tasks:\n{rows}"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"… and \d+ more"):
        run("load_plan", file, "--start", "2025-07-01")


def test_a_file_of_fifty_megabytes_is_refused_unread(file: Path) -> None:
    with file.open("wb") as big:
        big.truncate(50_000_000)
    with pytest.raises(CommandError, match=r"50\.0 MB"):
        run("load_plan", file, "--start", "2025-07-01")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere.yaml", "--start", "2025-07-01"), "cannot be read"),
        ((".", "--start", "2025-07-01"), "cannot be read"),
        ((SHIPPED, "--start", "soon"), "is not a date"),
        ((SHIPPED, "--start", "2025-07-01", "--by", "nobody"), "no account"),
    ],
)
def test_wrong_words_are_answered_by_a_sentence(words: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run("load_plan", *words)


def test_a_plan_of_another_origin_is_answered_by_a_sentence(file: Path) -> None:
    make_plan(key="shop", name="By hand", start_on=dt.date(2025, 7, 1), months=3)
    with pytest.raises(CommandError, match="another key"):
        run("load_plan", file, "--start", "2025-07-01")
