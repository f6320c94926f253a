"""Plan files into the database: all or nothing, once, and then only what the file changed."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.db.utils import DatabaseError

from apps.milestones.models import Milestone, Task, WorkPackage
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.people.models import User
from apps.people.services import system_user
from apps.planfile.domain.differences import Action
from apps.planfile.models import PlanFileLoad
from apps.planfile.selectors import PlanFileConflict
from apps.planfile.services import Loaded, plan_file_load
from apps.plans.models import Baseline, Item, ItemState, Link, Membership, Plan, Role
from apps.plans.services import plan_change
from apps.plans.services.items import item_rebaseline
from apps.risks.domain import RiskState
from apps.risks.models import Risk
from tests.build import make_plan, make_user
from tests.unit.planfile.files import SMALL, START, changed, read

pytestmark = pytest.mark.django_db


def load(text: str = SMALL, *, reason: str = "Agreed", **more: object) -> Loaded:
    return plan_file_load(plan_file=read(text), by=system_user(), reason=reason, **more)  # type: ignore[arg-type]


def item(key: str) -> Item:
    return Item.objects.get(plan__key="shop", key=key)


def test_everything_of_the_file_is_there() -> None:
    load()
    plan = Plan.objects.get(key="shop")
    assert (plan.name, plan.start_on, plan.months, plan.grace_days) == ("New shop", START, 12, 7)
    assert [str(phase) for phase in plan.phases.all()] == ["Build", "Run"]
    assert Membership.objects.get(user__username="ann").role == Role.LEAD
    assert KeyResult.objects.get(key="visitors").baseline == 100
    targets = KeyResultTarget.objects.filter(key_result__key="visitors").order_by("due_on")
    assert [t.item.key for t in targets] == ["visitors-m3", "visitors-m4", "visitors-m12"]
    assert Milestone.objects.get(item__key="open").criteria.get().text == "Doors open at nine"
    assert Task.objects.get(item__key="1.2").work_package == WorkPackage.objects.get(key="1")
    assert Risk.objects.get(key="rain").responses.get().text == "Wait"
    links = {(x.predecessor.key, x.kind, x.successor.key, x.lag_days) for x in Link.objects.all()}
    assert links == {
        ("1.1", "FS", "1.2", 5),
        ("1.2", "FF", "open", 2),
        ("open", "SF", "1.10", 0),
        ("1.1", "FS", "open", 0),
        ("visitors-m4", "FS", "open", 0),
        ("open", "FS", "steps-m6", 0),
        ("open", "FS", "steps-m12", 0),
        ("busy", "FS", "steps-m12", 0),
    }


def test_every_item_has_a_signed_first_baseline_and_the_late_ones_a_level() -> None:
    load(reason="First version")
    assert Baseline.objects.count() == Item.objects.count()
    assert set(Baseline.objects.values_list("reason", flat=True)) == {"First version"}
    assert item("1.1").level == "red"
    assert item("unknown-m12").level == ""


def test_new_accounts_have_no_password_and_known_ones_keep_theirs() -> None:
    make_user(username="ann", password="kept-word-1", display_name="Annabel")
    load()
    ann, bo = User.objects.get(username="ann"), User.objects.get(username="bo")
    assert ann.check_password("kept-word-1")
    assert ann.display_name == "Annabel"
    assert not bo.has_usable_password()
    assert bo.language == "zh-hans"


def test_a_second_time_changes_nothing() -> None:
    load()
    before = Baseline.objects.count()
    done = load()
    assert done.differences == []
    assert Baseline.objects.count() == before
    assert PlanFileLoad.objects.count() == 1


def test_what_people_changed_since_then_stays_when_the_file_did_not() -> None:
    load()
    plan = Plan.objects.get(key="shop")
    with plan_change(plan=plan, by=system_user(), reason="Slipped") as change:
        item_rebaseline(
            change=change,
            item=item("1.1"),
            start_on=START,
            finish_on=START + dt.timedelta(days=40),
        )
    assert load().differences == []
    load(changed("name: Fit it out", "name: Fit out"))
    assert item("1.1").finish_on == START + dt.timedelta(days=40)
    assert item("1.2").name == "Fit out"


def test_trying_writes_nothing() -> None:
    done = load(dry_run=True)
    assert {d.action for d in done.differences} == {Action.ADDED}
    assert not Plan.objects.exists()
    load()
    load(changed("name: Fit it out", "name: Fit out"), dry_run=True)
    assert item("1.2").name == "Fit it out"


def test_new_dates_are_a_new_baseline_with_the_reason() -> None:
    load()
    load(changed("finish: M1.20", "finish: M1.25"), reason="Landlord asked")
    task = item("1.1")
    assert (task.finish_on, task.baseline_version) == (dt.date(2025, 7, 25), 2)
    assert task.baselines.get(version=2).reason == "Landlord asked"


def test_a_milestone_that_moves_is_measured_anew() -> None:
    load()
    before = item("open").duration_days
    load(changed("due: M4\n", "due: M5\n"))
    moved = item("open")
    assert moved.finish_on == dt.date(2025, 11, 30)
    assert moved.duration_days == before + 30
    assert moved.baselines.count() == 2
    assert item("visitors-m4").state == ItemState.CANCELLED
    assert item("visitors-m5").state == ItemState.OPEN
    linked = Link.objects.filter(successor=moved, predecessor__kind="target")
    assert [link.predecessor.key for link in linked] == ["visitors-m5"]


def test_a_new_name_and_owner_of_a_key_result_reach_its_targets() -> None:
    load()
    load(changed("name: Visitors\n        baseline: 100\n        owner: ann",
                 "name: Guests\n        baseline: 100\n        owner: bo"))  # fmt: skip
    target = item("visitors-m12")
    assert target.name == "Guests"
    assert target.owner is not None
    assert target.owner.username == "bo"


def test_a_new_target_value_is_judged_and_the_first_one_kept() -> None:
    load()
    load(changed("value: 300.5", "value: 400"))
    target = KeyResultTarget.objects.get(item__key="visitors-m12")
    assert (target.value, target.first_value) == (Decimal(400), Decimal("300.5"))
    assert target.item.last_report["target"] == "400"


def test_what_is_gone_from_the_file_is_cancelled_or_closed_never_deleted() -> None:
    load()
    text = changed("  - {key: 1.10, name: Advertise, start: M3.5, finish: M5}\n", "")
    text = changed("  - {from: open, to: 1.10, kind: SF}\n", "", text)
    text = changed("      - {key: licence", "      - {key: permit", text)
    text = text[: text.index("risks:")]
    load(text)
    assert item("1.10").state == ItemState.CANCELLED
    assert item("licence-m2").state == ItemState.CANCELLED
    assert item("permit-m2").state == ItemState.OPEN
    assert KeyResult.objects.filter(key="licence").exists()
    assert Risk.objects.get(key="rain").state == RiskState.CLOSED
    assert not Link.objects.filter(successor__key="1.10").exists()


def test_a_finished_task_that_is_gone_from_the_file_stays_finished() -> None:
    load()
    Item.objects.filter(key="1.10").update(state=ItemState.FINISHED, finished_on=START)
    text = changed("  - {key: 1.10, name: Advertise, start: M3.5, finish: M5}\n", "")
    load(changed("  - {from: open, to: 1.10, kind: SF}\n", "", text))
    assert item("1.10").state == ItemState.FINISHED


def test_a_link_turned_round_is_no_circle() -> None:
    load(changed("{from: 1.1, to: 1.2, lag: 5}", "{from: 1.1, to: 1.10}"))
    load(changed("{from: 1.1, to: 1.2, lag: 5}", "{from: 1.10, to: 1.2}").replace(
        "  - {from: open, to: 1.10, kind: SF}\n", ""
    ))  # fmt: skip
    pairs = {(x.predecessor.key, x.successor.key) for x in Link.objects.filter(kind="FS")}
    assert ("1.10", "1.2") in pairs
    assert ("1.1", "1.10") not in pairs


def test_a_lag_that_changes_keeps_one_link() -> None:
    load()
    load(changed("lag: 5", "lag: 9"))
    link = Link.objects.get(predecessor__key="1.1", successor__key="1.2")
    assert link.lag_days == 9


def test_met_criteria_keep_their_signature() -> None:
    load()
    met = Milestone.objects.get(item__key="open").criteria.get()
    met.met_on, met.met_by = START, system_user()
    met.save()
    load(changed("[Doors open at nine]", "[Lights are on, Doors open at nine]"))
    rows = Milestone.objects.get(item__key="open").criteria.all()
    assert [(row.text, row.met_on) for row in rows] == [
        ("Lights are on", None),
        ("Doors open at nine", START),
    ]


def test_people_phases_teams_and_work_packages_follow_the_file() -> None:
    load()
    text = changed("  - {key: 1, name: Opening, milestone: open}", "  - {key: 9, name: Other}")
    text = changed("name: Run, from: M7", "name: Operate, from: M8", text)
    text = changed("role: pmo, locale", "role: viewer, locale", text)
    text = changed("  - {key: sales,", "  - {key: trade, name: Trade, tier: business_unit}\n"
                   "  - {key: sales,", text)  # fmt: skip
    load(text)
    assert not WorkPackage.objects.filter(key="1").exists()
    assert Task.objects.get(item__key="1.1").work_package is None
    assert Plan.objects.get(key="shop").phases.get(number=2).start_on == dt.date(2026, 2, 1)
    assert Membership.objects.get(user__username="bo").role == Role.VIEWER
    assert Plan.objects.get(key="shop").teams.count() == 2


TEA = """  - key: tea
    name: Tea room
    key_results: [{key: cups, name: Cups, baseline: 0, targets: [{due: M6, value: 9}]}]
"""
SEA = "  - {key: sea, name: Sea}\n"
TIDE = """  - key: tide
    name: Tide
    category: sea
    responses: [{strategy: avoid, text: Move, owner: ann, due: M3}]
"""


def test_whole_branches_come_and_go() -> None:
    more = changed("milestones:\n", f"{TEA}  - {{key: air, name: Air}}\nmilestones:\n")
    more = changed("  - {key: market", f"{SEA}  - {{key: market", more)
    more = changed("risks:\n", f"risks:\n{TIDE}", more)
    more = changed("  - {key: sales,", "  - {key: trade, name: Trade, tier: business_unit}\n"
                   "  - {key: sales,", more)  # fmt: skip
    load(more)
    load(changed("category: sea", "category: market", more))
    load()
    plan = Plan.objects.get(key="shop")
    assert list(plan.objectives.values_list("key", flat=True)) == ["growth", "tea"]
    assert item("cups-m6").state == ItemState.CANCELLED
    assert plan.teams.count() == 1
    assert list(plan.risk_categories.values_list("key", flat=True)) == ["market"]
    assert Risk.objects.get(key="tide").state == RiskState.CLOSED


def test_what_history_still_names_stays() -> None:
    load()
    text = changed("  - {key: busy, name: Busy, due: M11, phase: 2}\n", "")
    text = changed("milestones: [busy, open]", "milestones: [open]", text)
    text = changed("  - {number: 2, name: Run, from: M7, to: M12}\n", "", text)
    text = changed("owner: bo, team: sales", "owner: bo", text)
    text = changed("role: lead, team: sales", "role: viewer", text)
    load(changed("  - {key: sales, name: Sales, tier: business_unit}\n", "", text).replace(
        "teams:\n", ""
    ))  # fmt: skip
    plan = Plan.objects.get(key="shop")
    assert item("busy").state == ItemState.CANCELLED
    assert plan.phases.filter(number=2).exists()
    assert not plan.teams.exists()


def test_a_risk_that_changes_keeps_what_the_file_does_not_touch() -> None:
    load()
    Risk.objects.filter(key="rain").update(probability=5)
    load(changed("name: Rain", "name: Heavy rain"))
    rain = Risk.objects.get(key="rain")
    assert (rain.name, rain.probability) == ("Heavy rain", 5)
    load(changed("text: Wait", "text: Wait inside"))
    assert rain.responses.get().text == "Wait inside"
    assert [m.item.key for m in rain.milestones.all()] == ["open"]


def test_a_work_package_with_a_cancelled_task_stays() -> None:
    load(changed("  - {key: 1, name", "  - {key: 2, name: Later}\n  - {key: 1, name"))
    text = changed("  - {key: 1, name: Opening, milestone: open}\n", "")
    text = text.replace("work_packages:\n", "")
    text = changed("  - {key: 1.10, name: Advertise, start: M3.5, finish: M5}\n", "", text)
    load(changed("  - {from: open, to: 1.10, kind: SF}\n", "", text))
    assert list(WorkPackage.objects.values_list("key", flat=True)) == ["1"]


def test_somebody_gone_from_the_file_leaves_the_plan_but_keeps_the_account() -> None:
    load()
    text = changed(
        "  - {key: bo, name: Bo, email: bo@example.com, role: pmo, locale: zh-hans}\n", ""
    )
    load(changed("owner: bo, team: sales", "owner: ann", text))
    assert not Membership.objects.filter(user__username="bo").exists()
    assert User.objects.filter(username="bo").exists()


def test_a_calendar_of_working_days_counts_everything_anew() -> None:
    load()
    days = item("1.1").duration_days
    calendar = "  calendar: {days: working_days, holidays: [2025-07-02]}"
    load(changed("  months: 12", f"  months: 12\n{calendar}"))
    assert days == 20
    assert item("1.1").duration_days == 13
    assert Plan.objects.get(key="shop").calendar_days.get().day_on == dt.date(2025, 7, 2)
    load(changed("  months: 12", "  months: 12\n  calendar: {days: working_days}"))
    assert item("1.1").duration_days == 14


def test_a_plan_that_did_not_come_from_a_file_is_left_alone() -> None:
    make_plan(key="shop", name="By hand", start_on=START, months=3)
    with pytest.raises(PlanFileConflict, match="did not come from a file"):
        load()
    assert not Item.objects.exists()


def test_another_start_is_refused() -> None:
    load()
    moved = read(SMALL, start=START + dt.timedelta(days=31))
    with pytest.raises(PlanFileConflict, match="2025-07-01"):
        plan_file_load(plan_file=moved, by=system_user(), reason="Moved")


def test_a_key_with_a_history_is_not_used_again() -> None:
    load()
    text = changed("  - {key: 1.10, name: Advertise, start: M3.5, finish: M5}\n", "")
    load(changed("  - {from: open, to: 1.10, kind: SF}\n", "", text))
    with pytest.raises(PlanFileConflict, match=r"1\.10.*Advertise"):
        load()


def test_a_failure_in_the_middle_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON risks_risk "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"
        )
    with pytest.raises(DatabaseError, match="disk full"):
        load()
    assert not Plan.objects.exists()
    assert not Item.objects.exists()
    assert not User.objects.filter(username="ann").exists()


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_plan() -> None:
    system_user()

    def run(_number: int) -> int:
        try:
            return len(load().differences)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(run, range(2)))
    assert counts[0] == 0
    assert counts[1] > 0
    assert Plan.objects.count() == 1


def test_the_record_of_a_load_cannot_be_changed() -> None:
    load()
    with pytest.raises(DatabaseError, match="append_only"):
        PlanFileLoad.objects.update(reason="Other")
