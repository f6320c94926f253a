"""Shares of accepted milestones in plan files: listed, compared, counted by the software."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine

from apps.milestones.models import Milestone
from apps.milestones.services.acceptance import Marks, milestone_accept
from apps.objectives.models import CheckIn, CountedMilestone, KeyResult, KeyResultKind
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.key_results import KeyResultData, key_result_create, key_result_edit
from apps.people.models import User
from apps.people.services import system_user
from apps.planfile.presentation.report import difference_lines
from apps.planfile.selectors import PlanFileConflict
from apps.planfile.services import Loaded, plan_file_load
from apps.plans.models import Item, ItemState, Link, Plan
from apps.plans.services import plan_change
from apps.plans.services.links import link_create
from tests.unit.planfile.files import GATE, SMALL, START, changed, read

pytestmark = pytest.mark.django_db

LISTED = "milestones: [busy, open]"
MORE = "  - {key: tills, name: Tills run, due: M5, phase: 1}\n"
THREE = changed("work_packages:\n", f"{MORE}work_packages:\n")
DAY = dt.date(2025, 12, 1)
Values = list[tuple[dt.date, Decimal]]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with at(DAY):
        yield


def at(day: dt.date) -> time_machine.travel:
    """Noon in Shanghai."""
    return time_machine.travel(dt.datetime.combine(day, dt.time(4), dt.UTC), tick=False)


def load(text: str = SMALL, *, reason: str = "Agreed", **more: object) -> Loaded:
    return plan_file_load(plan_file=read(text), by=system_user(), reason=reason, **more)  # type: ignore[arg-type]


def told(done: Loaded) -> list[str]:
    return list(difference_lines(done.differences, done.before, done.after))


def counted(key: str = "steps") -> set[str]:
    rows = CountedMilestone.objects.filter(key_result__key=key).current()
    return set(rows.values_list("item__key", flat=True))


def values(key: str = "steps") -> Values:
    rows = CheckIn.objects.filter(key_result__key=key).in_force()
    return [(row.for_on, row.value) for row in rows]


def waits_for(target: str) -> set[str]:
    links = Link.objects.filter(successor__key=target)
    return set(links.values_list("predecessor__key", flat=True))


def accept(key: str, on: dt.date) -> None:
    stone = Milestone.objects.get(item__key=key)
    met = list(stone.criteria.values_list("pk", flat=True))
    pmo = User.objects.get(username="bo")
    milestone_accept(milestone=stone, marks=Marks(met, [], on), by=pmo, reason="signed off")


def days_after(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


def share_on_the_page() -> KeyResult:
    plan = Plan.objects.get(key="shop")
    return key_result_create(
        objective=plan.objectives.get(),
        by=system_user(),
        reason="typed",
        data=KeyResultData(
            name="Doors",
            kind=KeyResultKind.MILESTONES,
            milestones=(plan.items.get(key="open"), plan.items.get(key="busy")),
        ),
        targets=[PlannedTarget(dt.date(2026, 5, 31), Decimal(100))],
    )


def test_a_new_share_counts_what_is_listed_and_its_targets_wait_for_what_they_need() -> None:
    load()
    steps = KeyResult.objects.get(key="steps")
    assert (steps.kind, steps.unit, steps.baseline) == (KeyResultKind.MILESTONES, "%", 0)
    assert counted() == {"open", "busy"}
    assert values() == [(START, 0)]
    assert (waits_for("steps-m6"), waits_for("steps-m12")) == ({"open"}, {"open", "busy"})


def test_a_plan_that_begins_later_is_not_counted_before_its_first_day() -> None:
    with at(START - dt.timedelta(days=20)):
        load()
        load(changed("name: Growth", "name: Grow"))
    assert values() == []
    with at(START):
        load(changed("name: Growth", "name: Grown"))
    assert values() == [(START, 0)]


def test_a_share_that_is_added_later_knows_what_was_accepted_before() -> None:
    steps = SMALL[SMALL.index("      - {key: steps") : SMALL.index("      - {key: unknown")]
    load(changed(steps, ""))
    accept("open", dt.date(2025, 10, 20))
    load()
    assert values() == [(START, 0), (dt.date(2025, 10, 20), 50)]
    assert Item.objects.get(key="steps-m6").state == ItemState.FINISHED
    assert not CheckIn.objects.filter(corrects__isnull=False).exists()


def test_the_same_file_a_second_time_or_in_another_order_changes_nothing() -> None:
    load()
    accept("open", DAY)
    links, rows = Link.objects.count(), CheckIn.objects.count()
    assert load().differences == []
    assert load(changed(LISTED, "milestones: [open, busy]")).differences == []
    assert (Link.objects.count(), CheckIn.objects.count()) == (links, rows)


def test_another_list_is_told_and_counted_from_today_on_with_the_reason() -> None:
    load(THREE)
    accept("open", DAY)
    more = changed(LISTED, "milestones: [open, tills, busy]", THREE)
    more = changed("value: 50}", "value: 66.67}", more)
    with at(days_after(5)):
        tried = told(load(more, dry_run=True))
        assert counted() == {"open", "busy"}
        load(more, reason="Tills were forgotten")
    assert "~ key result steps (Steps)" in tried
    assert "    milestones: busy; open → busy; open; tills" in tried
    assert counted() == {"open", "tills", "busy"}
    assert values() == [(START, 0), (DAY, 50), (days_after(5), Decimal("33.33"))]
    newest = CheckIn.objects.order_by("-pk")[0]
    assert (newest.note, newest.entered_by.username) == ("Tills were forgotten", "okrtrack")
    with at(days_after(9)):
        load(changed(LISTED, "milestones: [tills, busy]", THREE), reason="Doors are a given")
    assert counted() == {"tills", "busy"}
    assert values()[-1] == (days_after(9), 0)
    assert waits_for("steps-m12") == {"tills", "busy"}


def test_another_value_or_day_of_a_target_waits_for_what_it_needs_now() -> None:
    load()
    load(changed("{due: M6, value: 50}, ", ""))
    assert Item.objects.get(key="steps-m6").state == ItemState.CANCELLED
    load(changed("{due: M6, value: 50}, {due: M12, value: 100}", "{due: M12, value: 50}"))
    assert waits_for("steps-m12") == {"open"}


def test_a_milestone_that_is_gone_or_due_on_another_day_is_counted_anew() -> None:
    load(changed(LISTED, "milestones: [open, tills, busy]", THREE).replace("50}", "33.33}"))
    accept("open", DAY)
    with at(days_after(5)):
        load(changed("milestones: [busy, open]", "milestones: [open, busy]"), reason="No tills")
    assert Item.objects.get(key="tills").state == ItemState.CANCELLED
    assert values() == [(START, 0), (DAY, Decimal("33.33")), (days_after(5), 50)]


def test_a_milestone_due_on_another_day_changes_what_a_target_waits_for() -> None:
    both = changed(LISTED, "milestones: [open, tills]", THREE)
    load(both)
    assert waits_for("steps-m6") == {"open"}
    load(changed("due: M4\n", "due: M6\n", both))
    assert waits_for("steps-m6") == {"tills"}


def test_what_people_tick_on_the_page_stays_when_the_file_did_not_change_the_list() -> None:
    load(THREE)
    steps = KeyResult.objects.get(key="steps")
    data = KeyResultData.of(steps)
    stones = (*data.milestones, Item.objects.get(key="tills"))
    key_result_edit(
        key_result=steps,
        by=system_user(),
        reason="one more",
        data=KeyResultData(name="Steps", kind=steps.kind, milestones=stones),
    )
    load(changed("name: Fit it out", "name: Fit out", THREE))
    assert counted() == {"open", "busy", "tills"}


def test_a_key_result_of_the_page_survives_a_load_untouched() -> None:
    load()
    made = share_on_the_page()
    accept("open", DAY)
    before = (counted(made.key), values(made.key), list(made.targets.values()))
    with at(days_after(9)):
        load(changed("name: Fit it out", "name: Fit out"))
        load(changed("name: Growth", "name: Grow"))
    assert (counted(made.key), values(made.key), list(made.targets.values())) == before
    assert values(made.key) == [(START, 0), (DAY, 50)]


def test_one_that_takes_another_direction_counts_no_more_and_may_come_back() -> None:
    load()
    accept("open", DAY)
    listed = f"direction: milestones, {LISTED}"
    climbing = changed(listed, "direction: increase, baseline: 0")
    load(climbing, reason="Measured now")
    assert counted() == set()
    assert waits_for("steps-m12") == set()
    accept("busy", DAY)
    assert values() == [(START, 0), (DAY, 50)]
    with at(days_after(3)):
        done = load()
    assert "    milestones: – → busy; open" in told(done)
    assert values() == [(START, 0), (DAY, 50), (days_after(3), 100)]
    assert Item.objects.get(key="steps-m12").state == ItemState.FINISHED


def test_one_that_is_gone_from_the_file_keeps_its_history() -> None:
    load()
    steps = SMALL[SMALL.index("      - {key: steps") : SMALL.index("      - {key: unknown")]
    load(changed(steps, ""))
    assert Item.objects.get(key="steps-m12").state == ItemState.CANCELLED
    assert values() == [(START, 0)]


def test_a_milestone_may_be_measured_by_a_share_that_does_not_need_it() -> None:
    gate = changed("work_packages:\n", f"{GATE}work_packages:\n")
    load(changed("links:\n", "links:\n  - {from: gate, to: busy}\n", gate))
    assert (waits_for("gate"), waits_for("steps-m6")) == ({"steps-m6"}, {"open"})


def test_a_circle_with_a_link_made_in_the_program_is_a_sentence_and_writes_nothing() -> None:
    load(changed(LISTED, "milestones: [open]"))
    plan = Plan.objects.get(key="shop")
    with plan_change(plan=plan, by=system_user(), reason="typed") as change:
        target, busy = plan.items.get(key="steps-m12"), plan.items.get(key="busy")
        link_create(change=change, predecessor=target, successor=busy)
    with pytest.raises(PlanFileConflict, match=r"steps-m12 → busy|busy → steps-m12"):
        load()
    assert counted() == {"open"}
