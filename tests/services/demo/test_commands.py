"""`load_demo` and `demo_accounts` as they are typed."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from apps.milestones.models import Milestone, TaskReport
from apps.objectives.models import CheckIn
from apps.people.models import User
from apps.planfile.domain.calendar import add_months
from apps.plans.models import Baseline, Item, LevelChange, Membership, Plan
from apps.risks.models import Risk
from tests.build import make_plan
from tests.unit.planfile.files import SMALL, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.IS_DEMO = True


def run(*words: object) -> str:
    out = io.StringIO()
    call_command(*(str(word) for word in words), stdout=out)
    return out.getvalue()


def test_the_demonstration_shows_everything_and_is_labelled(settings: Settings) -> None:
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


def test_another_plan_begins_where_it_is_told_and_is_dated_then(file: Path) -> None:
    told = run("load_demo", file, "--start", "2025-07-01")
    assert "added" in told
    plan = Plan.objects.get()
    assert (plan.key, plan.start_on) == ("shop", dt.date(2025, 7, 1))
    days = list(LevelChange.objects.order_by("pk").values_list("changed_on", flat=True))
    assert days == sorted(days)
    assert days[0] < dt.date(2025, 10, 1)
    assert {row.reason for row in Baseline.objects.filter(version=1)} == {"Loaded from plan.yaml"}
    assert CheckIn.objects.filter(is_sample=True).exists()
    assert run("load_demo", file, "--start", "2025-07-01") == "Nothing changed.\n"


def test_a_plan_that_is_there_already_gets_no_sample_progress(file: Path) -> None:
    run("load_plan", file, "--start", "2025-07-01")
    file.write_text(changed("finish: M1.20", "finish: M1.25"), encoding="utf-8")
    assert "1 changed" in run("load_demo", file, "--start", "2025-07-01")
    assert Baseline.objects.get(item__key="1.1", version=2)
    assert not TaskReport.objects.exists()
    assert not CheckIn.objects.filter(is_sample=True).exists()


def test_a_failure_in_the_sample_leaves_no_plan(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON milestones_taskreport "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"
        )
    with pytest.raises(DatabaseError, match="disk full"):
        run("load_demo", file, "--start", "2025-07-01")
    assert not Plan.objects.exists()
    assert not User.objects.filter(username="ann").exists()


def test_what_cannot_be_loaded_is_answered_by_a_sentence(file: Path) -> None:
    with pytest.raises(CommandError, match="is not a date"):
        run("load_demo", file, "--start", "soon")
    with pytest.raises(CommandError, match="cannot be read"):
        run("load_demo", file.parent / "nowhere.yaml")
    make_plan(key="shop", name="By hand", start_on=dt.date(2025, 7, 1), months=3)
    with pytest.raises(CommandError, match="another key"):
        run("load_demo", file, "--start", "2025-07-01")
    assert not Membership.objects.exists()
