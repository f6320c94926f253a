"""`load_plan`, `load_demo` and `demo_accounts` as they are typed."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from apps.milestones.models import Milestone, TaskReport
from apps.objectives.models import CheckIn
from apps.people.models import User
from apps.planfile.domain.calendar import add_months
from apps.plans.models import Baseline, Item, LevelChange, Plan
from apps.risks.models import Risk
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
    Plan.objects.create(key="shop", name="By hand", start_on=dt.date(2025, 7, 1), months=3)
    with pytest.raises(CommandError, match="another key"):
        run("load_plan", file, "--start", "2025-07-01")


def test_the_demonstration_shows_everything_and_is_labelled(settings: Settings) -> None:
    settings.IS_DEMO = True
    run("load_demo", "--language", "zh-hans")
    plan = Plan.objects.get()
    today = plan.today()
    assert plan.name == "挖存量拓增量三年方案"
    assert plan.start_on == add_months(timezone.localdate().replace(day=1), -15)
    items = Item.objects.filter(plan=plan, state="open", is_projection=False)
    assert set(items.values_list("level", flat=True)) == {"", "on_plan", "yellow", "orange", "red"}
    assert items.silent(today).exists()
    states = Counter(Item.objects.values_list("state", flat=True))
    assert set(states) == {"open", "finished", "paused"}
    assert Milestone.objects.filter(item__state="open", item__level="yellow").exists()
    late = Item.objects.get(kind="task", key="2.2.10")
    assert late.root is not None
    assert late.root.key == "2.2.7"
    for rows in (CheckIn, TaskReport):
        assert set(rows.objects.values_list("is_sample", flat=True)) == {True}
        assert rows.objects.exclude(entered_by__is_system=True).count() == 0
    assert Risk.objects.filter(is_sample=True).count() == 15
    days = set(LevelChange.objects.values_list("changed_on", flat=True))
    assert len(days) > 20
    assert max(days) <= today
    assert not Item.objects.filter(next_change_on__lte=today).exists()
    count = CheckIn.objects.count()
    run("load_demo", "--language", "zh-hans")
    assert CheckIn.objects.count() == count
    told = run("demo_accounts").splitlines()
    assert len(told) == 5
    assert User.objects.get(username="pmo").check_password(settings.DEMO_PASSWORD)


def test_outside_the_demo_mode_there_are_no_public_passwords(settings: Settings) -> None:
    settings.IS_DEMO = False
    with pytest.raises(CommandError, match="OKRTRACK_DEMO"):
        run("load_demo")
    assert run("demo_accounts") == ""
