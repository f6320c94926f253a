"""Other programs read the tree, and move tasks and packages within it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.milestones.models import Milestone
from apps.milestones.services.tree import Place, package_create
from apps.objectives.models import Objective
from apps.people.models import User
from apps.plans.models import Item, Plan
from tests.api.conftest import ROLES, Send
from tests.build import link, make_item, make_milestone, make_plan, signer

REASON = {"reason": "agreed"}


@pytest.fixture
def tree(objective: Objective, people: dict[str, User]) -> Plan:
    """Milestones "a" and "b" of the lead's team; package "outer" in "a" with "inner"; two tasks."""
    plan, mine = objective.plan, {"team": objective.team}
    make_milestone(plan, "a", 60, **mine)
    make_milestone(plan, "b", 90, **mine)
    for key, inside in (("outer", "a"), ("inner", "outer")):
        place = Place(inside=inside)
        package_create(plan=plan, name=key, key=key, place=place, by=signer(), reason="r")
    make_item(plan, "deep", 1, 30, parent=plan.work_packages.get(key="inner"), **mine)
    make_item(plan, "direct", 1, 30, parent=Milestone.objects.get(item__key="b"), **mine)
    return plan


def keys(answer: Any) -> list[str]:
    return [row["key"] for row in answer["results"]]


def test_packages_and_tasks_say_where_they_hang_and_come_in_order(tree: Plan, read: Send) -> None:
    assert read("work-packages/")["results"] == [
        {"key": "outer", "code": "1.1.1", "name": "outer", "parent": None, "milestone": "a",
         "phase": 1, "is_archived": False},
        {"key": "inner", "code": "1.1.1.1", "name": "inner", "parent": "outer", "milestone": "a",
         "phase": 1, "is_archived": False},
    ]  # fmt: skip
    assert read("work-packages/inner/")["code"] == "1.1.1.1"
    rows = read("tasks/")["results"]
    places = [(r["key"], r["code"], r["package"], r["milestone"], r["phase"]) for r in rows]
    assert places == [
        ("deep", "1.1.1.1.1", "inner", "a", 1),
        ("direct", "1.2.1", None, "b", 1),
    ]
    assert [row["code"] for row in read("milestones/")["results"]] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("milestone=a", ["deep"]),
        ("milestone=b", ["direct"]),
        ("package=outer", ["deep"]),
        ("package=inner", ["deep"]),
        ("package=none", []),
        ("phase=1", ["deep", "direct"]),
        ("phase=2", []),
    ],
)
def test_filters_find_whole_branches(tree: Plan, read: Send, query: str, found: list[str]) -> None:
    assert keys(read(f"tasks/?{query}")) == found


def test_filters_of_packages(tree: Plan, read: Send) -> None:
    assert keys(read("work-packages/?milestone=a&phase=1")) == ["outer", "inner"]
    assert keys(read("work-packages/?milestone=b")) == []
    assert keys(read("work-packages/?parent=outer")) == ["inner"]


@pytest.mark.parametrize("path", ["tasks/deep/", "work-packages/inner/"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_move(tree: Plan, send: Send, role: str, path: str) -> None:
    answer = send(role, f"{path}move/", data={"in": "b", **REASON})
    may = role in {"admin", "pmo", "lead"}
    assert answer.status_code == (200 if may else 404 if role == "stranger" else 403)
    if may:
        assert (answer.json()["milestone"], answer.json()["code"][:3]) == ("b", "1.2")


def test_a_package_right_below_a_phase_has_no_lead(tree: Plan, send: Send) -> None:
    there = {"phase": 1, **REASON}
    assert send("lead", "work-packages/outer/move/", data=there).status_code == 200
    assert send("lead", "work-packages/outer/move/", data=there).status_code == 403
    assert send("pmo", "work-packages/outer/move/", data=there).json()["code"] == "1.1"


def test_a_move_is_safe_to_repeat_and_keeps_the_key(tree: Plan, send: Send) -> None:
    body = {"in": "a", "after": "", **REASON}
    answers = [send("pmo", "tasks/direct/move/", data=body).json() for _twice in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0]["key"], answers[0]["code"]) == ("direct", "1.1.1")


SAYS = {
    "unknown": "There is no such milestone, work package or phase in this plan.",
    "itself": "A work package cannot hang below itself or below its own branch.",
    "one": "Give either “in” or “phase”.",
    "sibling": "Nothing of its kind with this key hangs there.",
    "circle": "The milestone there would wait for this work, and the work waits for that "
    "milestone. Remove the link between them first.",
}


@pytest.mark.parametrize(
    ("path", "sent", "field", "says"),
    [
        ("work-packages/outer", {"in": "inner"}, "in", SAYS["itself"]),
        ("work-packages/outer", {"in": "outer"}, "in", SAYS["itself"]),
        ("tasks/deep", {"in": "theirs"}, "in", SAYS["unknown"]),
        ("tasks/deep", {"phase": 7}, "phase", SAYS["unknown"]),
        ("tasks/deep", {"in": "b", "after": "inner"}, "after", SAYS["sibling"]),
        ("tasks/deep", {"in": "b", "phase": 1}, "in", SAYS["one"]),
        ("tasks/deep", {}, "in", SAYS["one"]),
        ("tasks/waits", {"in": "b"}, "in", SAYS["circle"]),
        ("tasks/deep", {"in": "b", "reason": " "}, "reason", None),
        ("tasks/deep", {"in": ["b"]}, "in", None),
        ("tasks/deep", {"phase": "first"}, "phase", None),
        ("tasks/deep", {"below": "b"}, "non_field_errors", None),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    tree: Plan, send: Send, *, path: str, sent: dict[str, Any], field: str, says: str | None
) -> None:
    make_milestone(make_plan(), "theirs", 60)
    waits = make_item(tree, "waits", 100, 120)
    link(Item.objects.get(key="b"), waits)
    before = list(Item.objects.order_by("pk").values_list("code", "outline"))
    answer = send("pmo", f"{path}/move/", data={**REASON, **sent})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    if says:
        assert answer.json()[field] == [says]
    assert list(Item.objects.order_by("pk").values_list("code", "outline")) == before


def test_a_cancelled_milestone_takes_nothing_new(tree: Plan, send: Send) -> None:
    Item.objects.filter(key="b").update(state="cancelled")
    answer = send("pmo", "tasks/deep/move/", data={"in": "b", **REASON})
    assert answer.json()["errors"] == {
        "in": ["It is cancelled or archived: nothing new hangs there."]
    }


@pytest.mark.parametrize("path", ["tasks/none", "work-packages/none", "work-packages/deep"])
def test_what_is_not_there_is_not_moved(tree: Plan, send: Send, path: str) -> None:
    assert send("pmo", f"{path}/move/", data={"in": "b", **REASON}).status_code == 404


@pytest.mark.parametrize("path", ["tasks/", "work-packages/"])
def test_lists_ask_as_much_for_ten_times_the_rows(tree: Plan, read: Send, path: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(path)
        return len(asked)

    questions()  # what is asked once for all is asked here
    few = questions()
    inner = tree.work_packages.get(key="inner")
    for number in range(10):
        place = Place(inside="inner")
        package_create(plan=tree, name=f"p{number}", place=place, by=signer(), reason="r")
        make_item(tree, f"more-{number}", 1, 10, parent=inner)
    assert questions() == few
