"""Tasks and packages are moved: codes, links and milestones follow, keys and history stay."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.milestones.models import Milestone, Task, WorkPackage
from apps.milestones.services.outline import outline_renumber, tree_refresh
from apps.milestones.services.tree import (
    Place,
    package_create,
    package_move,
    package_rename,
    task_move,
)
from apps.people.models import User
from apps.plans.engine.errors import CycleError, PlanRuleError
from apps.plans.models import Item, Link, LinkKind, Plan
from apps.plans.services import plan_change
from apps.plans.services.items import item_cancel
from apps.plans.services.links import link_create, link_remove
from tests.build import (
    link,
    make_item,
    make_milestone,
    make_packages,
    make_plan,
    report,
)
from tests.history import is_signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early() -> Iterator[None]:
    """The plan's second day: nothing is late yet."""
    with time_machine.travel("2026-01-02T04:00Z", tick=False):
        yield


@pytest.fixture
def tree(plan: Plan, pmo: User) -> Plan:
    """Phase 1: task "loose"; milestones "a" (task "direct", package "outer" with "inner" and its
    task "deep") and "b".
    """
    a, _b = make_milestone(plan, "a", 60), make_milestone(plan, "b", 90)
    add(plan, pmo, "outer", "a")
    inner = add(plan, pmo, "inner", "outer")
    make_item(plan, "loose", 1, 10)
    make_item(plan, "direct", 1, 20, parent=a)
    make_item(plan, "deep", 11, 30, parent=inner)
    return plan


def add(plan: Plan, by: User, key: str, inside: str, **more: Any) -> WorkPackage:
    place = Place(inside=inside)
    return package_create(plan=plan, name=key, key=key, place=place, by=by, reason="new", **more)


def move(plan: Plan, by: User, key: str, **place: Any) -> None:
    """A task, or else a package."""
    at, task = Place(**place), Task.objects.filter(item__plan=plan, item__key=key).first()
    if task is not None:
        task_move(task=task, place=at, by=by, reason="agreed")
    else:
        package_move(package=plan.work_packages.get(key=key), place=at, by=by, reason="agreed")


def codes(plan: Plan) -> dict[str, str]:
    """WBS codes by key, in the order of the outline."""
    rows = [*plan.items.exclude(kind="target"), *plan.work_packages.all()]
    return {row.key: row.code for row in sorted(rows, key=lambda row: row.outline)}


def implied(plan: Plan) -> set[tuple[str, str]]:
    rows = Link.objects.filter(plan=plan, is_implied=True)
    return {(row.predecessor.key, row.successor.key) for row in rows}


def refusal(plan: Plan, by: User, key: str, **place: Any) -> str:
    before = codes(plan)
    with pytest.raises(PlanRuleError) as refused:
        move(plan, by, key, **place)
    assert codes(plan) == before
    return refused.value.code


CODES = {
    "loose": "1.1",
    "a": "1.2",
    "direct": "1.2.1",
    "outer": "1.2.2",
    "inner": "1.2.2.1",
    "deep": "1.2.2.1.1",
    "b": "1.3",
}


def test_codes_follow_from_the_tree_and_tasks_drive_the_milestone_above(tree: Plan) -> None:
    assert list(codes(tree).items()) == list(CODES.items())
    assert implied(tree) == {("direct", "a"), ("deep", "a")}
    inner = tree.work_packages.get(key="inner")
    assert inner.branch_milestone == Milestone.objects.get(item__key="a")
    assert inner.branch_phase == tree.phases.get()


def test_a_moved_branch_takes_its_tasks_and_their_links_along(tree: Plan, pmo: User) -> None:
    move(tree, pmo, "outer", inside="b")
    assert codes(tree)["deep"] == "1.3.1.1.1"
    assert implied(tree) == {("direct", "a"), ("deep", "b")}
    assert is_signed(tree.work_packages.get(key="outer"), pmo, "agreed")
    assert tree.work_packages.get(key="inner").branch_milestone_id == tree.items.get(key="b").pk
    move(tree, pmo, "outer", phase=1)
    assert codes(tree)["deep"] == "1.2.1.1"
    assert implied(tree) == {("direct", "a")}
    assert tree.work_packages.get(key="inner").branch_milestone is None
    move(tree, pmo, "outer", inside="a")
    assert codes(tree) == CODES
    assert implied(tree) == {("direct", "a"), ("deep", "a")}


def test_a_moved_task_keeps_key_and_reports_and_its_milestones_are_measured_anew(
    tree: Plan, pmo: User
) -> None:
    move(tree, pmo, "direct", inside="b")
    task = Task.objects.get(item__key="direct")
    assert is_signed(task, pmo, "agreed")
    assert (task.item.code, task.milestone) == ("1.3.1", Milestone.objects.get(item__key="b"))
    # from the earliest start of what drives it: day 11 for "a" now, day 1 for "b"
    days = {key: tree.items.get(key=key).duration_days for key in ("a", "b")}
    assert days == {"a": 50, "b": 90}


def test_a_late_task_that_comes_makes_its_milestone_late(tree: Plan, pmo: User) -> None:
    report(make_item(tree, "slow", 1, 50), 1, remaining_days=200)
    assert tree.items.get(key="b").level == "on_plan"
    move(tree, pmo, "slow", inside="b")
    assert tree.items.get(key="b").level == "red"
    move(tree, pmo, "slow", phase=1)
    assert tree.items.get(key="b").level == "on_plan"


@pytest.mark.parametrize(
    ("after", "order"),
    [
        (None, ["u", "v", "direct"]),
        ("", ["direct", "u", "v"]),
        ("u", ["u", "direct", "v"]),
        ("v", ["u", "v", "direct"]),
    ],
)
def test_a_place_among_siblings(tree: Plan, pmo: User, after: str | None, order: list[str]) -> None:
    b = Milestone.objects.get(item__key="b")
    make_item(tree, "u", 1, 5, parent=b, position=0)
    make_item(tree, "v", 1, 5, parent=b, position=1)
    for _twice in range(2):
        move(tree, pmo, "direct", inside="b", after=after)
        assert [key for key in codes(tree) if key in order] == order


def test_the_same_move_once_more_writes_nothing(tree: Plan, pmo: User) -> None:
    for key, place in (("deep", {"inside": "b"}), ("inner", {"inside": "a", "after": "outer"})):
        move(tree, pmo, key, **place)
        with CaptureQueriesContext(connection) as asked:
            move(tree, pmo, key, **place)
        written = [q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT"))]
        assert not [sql for sql in written if "plans_" in sql or "milestones_" in sql]


@pytest.mark.parametrize(
    ("key", "place", "code"),
    [
        ("outer", {"inside": "outer"}, "place.below_itself"),
        ("outer", {"inside": "inner"}, "place.below_itself"),
        ("deep", {"inside": "nowhere"}, "place.unknown"),
        ("deep", {"inside": "loose"}, "place.unknown"),
        ("deep", {"inside": "theirs"}, "place.unknown"),
        ("deep", {"phase": 9}, "place.unknown"),
        ("deep", {"inside": "a", "after": "outer"}, "place.no_sibling"),
        ("deep", {"inside": "a", "after": "deep"}, "place.no_sibling"),
        ("deep", {"inside": "gone"}, "place.closed"),
        ("deep", {"inside": "below-gone"}, "place.closed"),
        ("deep", {"inside": "old"}, "place.closed"),
    ],
)
def test_a_place_that_is_none(
    tree: Plan, pmo: User, key: str, place: dict[str, Any], code: str
) -> None:
    make_milestone(make_plan(), "theirs", 60)
    make_milestone(tree, "gone", 80)
    add(tree, pmo, "below-gone", "gone")
    add(tree, pmo, "old", "b")
    WorkPackage.objects.filter(key="old").update(is_archived=True)
    with plan_change(plan=tree, by=pmo, reason="stopped") as change:
        item_cancel(change=change, item=tree.items.get(key="gone"))
    assert refusal(tree, pmo, key, **place) == code


def test_work_that_waits_for_a_milestone_cannot_hang_below_it(tree: Plan, pmo: User) -> None:
    link(tree.items.get(key="b"), tree.items.get(key="deep"))
    assert refusal(tree, pmo, "outer", inside="b") == CycleError([]).code


def test_another_link_between_the_two_takes_the_place_of_the_implied_one(
    tree: Plan, pmo: User
) -> None:
    deep, a = tree.items.get(key="deep"), tree.items.get(key="a")
    with plan_change(plan=tree, by=pmo, reason="lag") as change:
        written = link_create(change=change, predecessor=deep, successor=a, lag_days=5)
        tree_refresh(change=change)
    assert implied(tree) == {("direct", "a")}
    move(tree, pmo, "deep", inside="b")
    assert implied(tree) == {("direct", "a"), ("deep", "b")}
    move(tree, pmo, "deep", inside="inner")
    with plan_change(plan=tree, by=pmo, reason="no lag") as change:
        link_remove(change=change, link=Link.objects.get(pk=written.pk))
        tree_refresh(change=change)
    assert implied(tree) == {("direct", "a"), ("deep", "a")}


def test_a_link_of_another_kind_takes_its_place_as_well(tree: Plan, pmo: User) -> None:
    link(tree.items.get(key="deep"), tree.items.get(key="a"), kind=LinkKind.FF)
    move(tree, pmo, "direct", inside="b")
    assert implied(tree) == {("direct", "b")}
    assert Link.objects.filter(plan=tree).count() == 2


def test_a_package_below_two_hundred_others_is_moved(tree: Plan, pmo: User) -> None:
    with plan_change(plan=tree, by=pmo, reason="deep") as change:
        make_packages(tree.work_packages.get(key="inner"), 200)
        tree_refresh(change=change)
    assert tree.work_packages.get(key="p199").code.count(".") == 203
    assert refusal(tree, pmo, "outer", inside="p199") == "place.below_itself"
    move(tree, pmo, "deep", inside="p199")
    move(tree, pmo, "outer", inside="b")
    assert ("deep", "b") in implied(tree)
    assert tree.items.get(key="deep").code.startswith("1.3.1.1.1.")


def test_packages_are_added_once_and_renamed(tree: Plan, pmo: User) -> None:
    made = [add(tree, pmo, "new-one", "b") for _twice in range(2)]
    assert made[0] == made[1]
    assert tree.work_packages.get(key="new-one").code == "1.3.1"
    place = Place(inside="b")
    named = package_create(plan=tree, name="New one", place=place, by=pmo, reason="r")
    assert (named.key, tree.work_packages.get(key="new-one-2").code) == ("new-one-2", "1.3.2")
    for _twice in range(2):
        package_rename(package=named, name="Renamed", by=pmo, reason="better")
    named.refresh_from_db()
    assert (str(named), named.key) == ("1.3.2 Renamed", "new-one-2")
    assert is_signed(named, pmo, "better")


@pytest.mark.parametrize(
    ("key", "code"),
    [("1.2", "key.refused"), ("new", "key.refused"), ("deep", "key.taken"), ("a", "key.taken"),
     ("inner", "key.taken")],
)  # fmt: skip
def test_a_key_that_cannot_be_had(tree: Plan, pmo: User, key: str, code: str) -> None:
    with pytest.raises(PlanRuleError) as refused:
        add(tree, pmo, key, "b")
    assert refused.value.code == code


def test_renumbering_is_one_read_and_one_write_of_what_differs(tree: Plan, pmo: User) -> None:
    Item.objects.filter(key="deep").update(code="x")
    with plan_change(plan=tree, by=pmo, reason="r") as change:
        for statements in (2, 1):
            with CaptureQueriesContext(connection) as asked:
                outline_renumber(change=change)
            assert len(asked) == statements
    assert codes(tree) == CODES


def test_a_move_asks_as_much_in_a_tree_ten_times_as_large(tree: Plan, pmo: User) -> None:
    def questions(inside: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            move(tree, pmo, "outer", inside=inside)
        return len(asked)

    def grow(start: int, stop: int) -> None:
        inner = tree.work_packages.get(key="inner")
        for number in range(start, stop):
            make_item(tree, f"more-{number}", 1, 10, parent=inner)
            add(tree, pmo, f"package-{number}", "inner")

    grow(0, 2)
    few = questions("b")
    grow(2, 20)
    assert questions("a") == few
