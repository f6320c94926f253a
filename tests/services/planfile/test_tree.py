"""What a plan file says of the tree: where things hang, in which order, and what was moved."""

from __future__ import annotations

import pytest

from apps.milestones.models import Task, WorkPackage
from apps.milestones.services.tree import Place, package_move
from apps.people.services import system_user
from apps.planfile.domain.differences import Action
from apps.planfile.selectors import PlanFileConflict
from apps.planfile.services import Loaded, plan_file_load
from apps.plans.models import Item, Link, Plan
from tests.build import report
from tests.unit.planfile.files import SMALL, changed, problems_of, read

pytestmark = pytest.mark.django_db

PACKAGES = """\
  - {key: inner, in: opening, name: Inner}
  - {key: side, phase: 2, name: Side}
  - {key: opening, in: open, name: Opening}
"""
NESTED = changed("  - {key: opening, in: open, name: Opening}\n", PACKAGES)
NESTED = changed("fit-out, in: opening,", "fit-out, in: inner,", NESTED)


def load(text: str) -> Loaded:
    return plan_file_load(plan_file=read(text), by=system_user(), reason="Agreed")


def codes() -> dict[str, str]:
    rows = [*Item.objects.exclude(kind="target"), *WorkPackage.objects.all()]
    return {row.key: row.code for row in rows}


def test_packages_may_stand_before_what_they_hang_below() -> None:
    load(NESTED)
    assert codes() == {
        "advertise": "1.1",
        "open": "1.2",
        "opening": "1.2.1",
        "find-place": "1.2.1.1",
        "inner": "1.2.1.2",
        "fit-out": "1.2.1.2.1",
        "side": "2.1",
        "busy": "2.2",
    }
    assert not load(NESTED).differences


def test_a_moved_task_is_changed_and_keeps_its_history() -> None:
    load(NESTED)
    task = Item.objects.get(key="find-place")
    report(task, 3, percent=20)
    moved = changed("find-place, in: opening,", "find-place, in: busy,", NESTED)
    (found,) = load(moved).differences
    assert (found.action, found.key, found.fields) == (Action.CHANGED, "find-place", {"parent"})
    after = Task.objects.get(item__key="find-place")
    assert (after.pk, after.item.percent, after.item.code) == (task.pk, 20, "2.2.1")
    implied = Link.objects.filter(is_implied=True)
    assert [(x.predecessor.key, x.successor.key) for x in implied] == [("find-place", "busy")]


def test_lines_in_another_order_are_another_order_in_the_tree() -> None:
    load(SMALL)
    first = "  - {key: find-place, in: opening, name: Find a place, owner: ann, start: M1, "
    first += "finish: M1.20}\n"
    last = "  - {key: advertise,"
    load(changed(last, first + last, changed(first, "", SMALL)))
    found = codes()
    assert (found["fit-out"], found["find-place"]) == ("1.2.1.1", "1.2.1.2")


def test_a_link_that_is_written_takes_the_place_of_the_implied_one_and_gives_it_back() -> None:
    load(SMALL)
    written = "  - {from: find-place, to: open, lag: 3}\n"
    pair = Link.objects.filter(predecessor__key="find-place", successor__key="open")
    load(changed("links:\n", f"links:\n{written}"))
    assert list(pair.values_list("lag_days", "is_implied")) == [(3, False)]
    load(SMALL)
    assert list(pair.values_list("lag_days", "is_implied")) == [(0, True)]


def test_the_key_of_an_archived_package_is_not_used_again() -> None:
    load(NESTED)
    load(changed("  - {key: side, phase: 2, name: Side}\n", "", NESTED))
    assert WorkPackage.objects.get(key="side").is_archived
    task = "tasks:\n  - {key: side, phase: 2, name: T, start: M7, finish: M8}\n"
    for text in (NESTED, changed("tasks:\n", task)):
        with pytest.raises(PlanFileConflict, match=r"side.*Side"):
            load(text)


def test_a_package_that_work_was_moved_into_stays() -> None:
    load(NESTED)
    plan = Plan.objects.get(key="shop")
    side, opening = (plan.work_packages.get(key=key) for key in ("side", "opening"))
    package_move(package=opening, place=Place(inside="side"), by=system_user(), reason="r")
    load(changed("  - {key: side, phase: 2, name: Side}\n", "", NESTED))
    side.refresh_from_db()
    assert (side.is_archived, side.code) == (False, "2.1")


def test_a_circle_with_what_was_moved_in_the_program_is_refused() -> None:
    load(NESTED)
    plan = Plan.objects.get(key="shop")
    side = plan.work_packages.get(key="side")
    package_move(package=side, place=Place(inside="inner"), by=system_user(), reason="r")
    before = codes()
    with pytest.raises(PlanFileConflict, match=r"circle: .*opening"):
        load(changed("opening, in: open,", "opening, in: side,", NESTED))
    assert codes() == before


def test_a_tree_of_two_hundred_levels_is_read_and_loaded() -> None:
    deep = "".join(
        f"  - {{key: p{n}, in: {f'p{n - 1}' if n else 'opening'}, name: P}}\n" for n in range(200)
    )
    text = changed("tasks:\n", f"{deep}tasks:\n")
    text = changed("fit-out, in: opening,", "fit-out, in: p199,", text)
    load(text)
    assert codes()["fit-out"] == "1.2.1." + "2." + "1." * 199 + "1"
    circle = changed("{key: p0, in: opening,", "{key: p0, in: p199,", text)
    assert [str(problem.code) for problem in problems_of(circle)] == ["package_cycle"]
