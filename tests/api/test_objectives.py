"""Objectives from other programs: added once, changed with a reason, by those who may."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan, Team
from tests.api.conftest import Send
from tests.build import check_in, make_key_result, make_objective, make_team
from tests.history import is_signed


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("admin", 201),
        ("pmo", 201),
        ("lead", 201),
        ("owner", 403),
        ("viewer", 403),
        ("stranger", 404),
    ],
)
def test_who_may_add_an_objective(
    send: Send, team: Team, people: dict[str, User], role: str, status: int
) -> None:
    answer = send(role, "objectives/", name="Grow", team=team.key, owner="olga")
    assert answer.status_code == status
    if status == 201:
        made = Objective.objects.get()
        assert (made.key, made.name, made.team, made.owner) == (
            "grow",
            "Grow",
            team,
            people["owner"],
        )
        assert is_signed(made, people[role], "objective created")
    else:
        assert not Objective.objects.exists()
    if status == 403:
        assert answer.json()["detail"].startswith("Only administrators, the PMO and team leads")


def test_a_lead_adds_for_the_own_team_only(send: Send, plan: Plan) -> None:
    make_team(plan, key="other", name="Other")
    for team in ({}, {"team": None}, {"team": "other"}):
        answer = send("lead", "objectives/", name="Grow", **team)
        assert (answer.status_code, list(answer.json())) == (400, ["team"])
    assert not Objective.objects.exists()


def test_the_same_sent_again_is_made_once(send: Send) -> None:
    body = {"key": "mine", "name": "Grow", "description": " Far ", "reason": "from the ERP"}
    first, again = send("pmo", "objectives/", data=body), send("admin", "objectives/", data=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = send("pmo", "objectives/", data=body | {"name": "Shrink"})
    assert (other.status_code, other.json()["name"]) == (409, "Grow")
    assert Objective.objects.get().events.count() == 1
    assert send("pmo", "objectives/", name="Grow").json()["key"] == "grow"
    assert send("pmo", "objectives/", name="Grow").json()["key"] == "grow-2"


@pytest.mark.parametrize("role", ["admin", "pmo", "lead", "owner"])
def test_a_change_keeps_what_is_not_sent(
    send: Send, objective: Objective, people: dict[str, User], role: str
) -> None:
    path = f"objectives/{objective.key}/"
    answer = send(role, path, "patch", description="Far", reason="clearer")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["name"], told["owner"], told["description"]) == (objective.name, "olga", "Far")
    assert is_signed(Objective.objects.get(), people[role], "clearer")
    assert send(role, path, "patch", owner=None, reason="left").json()["owner"] is None


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("stranger", 404)])
def test_others_change_nothing(send: Send, objective: Objective, role: str, status: int) -> None:
    answer = send(role, f"objectives/{objective.key}/", "patch", name="X", reason="why not")
    assert answer.status_code == status
    assert Objective.objects.get().name == objective.name


def test_a_closed_or_archived_one_stays_as_it_is(send: Send, objective: Objective) -> None:
    send("pmo", f"objectives/{objective.key}/archive/", reason="paused")
    answer = send("pmo", f"objectives/{objective.key}/", "patch", name="X", reason="why not")
    assert answer.status_code == 403
    assert answer.json()["detail"] == "This objective is archived. Restore it to change it."


def test_an_owner_who_left_does_not_stop_other_changes(
    send: Send, objective: Objective, people: dict[str, User]
) -> None:
    above = make_objective(objective.plan, "above")
    path = f"objectives/{objective.key}/"
    send("pmo", path, "patch", supports_objective="above", reason="aligned")
    send("pmo", "objectives/above/archive/", reason="paused")
    people["owner"].memberships.all().delete()
    answer = send("pmo", path, "patch", name="Better", reason="clearer")
    assert answer.status_code == 200
    assert (answer.json()["owner"], answer.json()["supports_objective"]) == ("olga", above.key)
    assert send("pmo", path, "patch", owner="olga", reason="again").status_code == 400


def test_support_is_named_by_key_and_goes_in_no_circle(
    send: Send, objective: Objective, key_result: KeyResult
) -> None:
    made = send("pmo", "objectives/", name="Below", supports_key_result=key_result.key).json()
    assert (made["supports_objective"], made["supports_key_result"]) == (None, key_result.key)
    path = f"objectives/{objective.key}/"
    circle = send("pmo", path, "patch", supports_objective="below", reason="round")
    assert circle.status_code == 400
    assert circle.json()["supports_objective"][0].startswith("These objectives would support")
    moved = send("pmo", "objectives/below/", "patch", supports_objective="growth", reason="up")
    assert (moved.json()["supports_objective"], moved.json()["supports_key_result"]) == (
        "growth",
        None,
    )
    none = send("pmo", "objectives/below/", "patch", supports_objective=None, reason="alone")
    assert none.json()["supports_objective"] is None


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"name": None}, "name"),
    ({"name": ["Grow"]}, "name"),
    ({"name": "a\0b"}, "name"),
    ({"name": "\ud800"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"description": {"a": 1}}, "description"),
    ({"description": "x" * 4001}, "description"),
    ({"owner": "nobody"}, "owner"),
    ({"owner": "a\0b"}, "owner"),
    ({"owner": {"username": "olga"}}, "owner"),
    ({"owner": 10**400}, "owner"),
    ({"team": []}, "team"),
    ({"team": "unknown"}, "team"),
    ({"supports_objective": "unknown"}, "supports_objective"),
    ({"supports_objective": "growth"}, "supports_objective"),
    ({"supports_key_result": ["x"]}, "supports_key_result"),
    ({"supports_key_result": "retention"}, "supports_key_result"),
    ({"supports_objective": "a", "supports_key_result": "b"}, "supports_key_result"),
    ({"reason": ""}, "reason"),
    ({"reason": "x" * 501}, "reason"),
    ({"reason": None}, "reason"),
    ({"ownr": "olga"}, "non_field_errors"),
    ({"key\ud800": "x"}, "non_field_errors"),
    ({"plan": "other"}, "non_field_errors"),
]


@pytest.mark.parametrize(("values", "field"), WRONG)
def test_what_is_wrong_is_said_by_field(
    send: Send, objective: Objective, key_result: KeyResult, values: dict[str, Any], field: str
) -> None:
    sent = {"name": "New", "reason": "why not", **values}
    answer = send("pmo", f"objectives/{objective.key}/", "patch", data=sent)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert Objective.objects.get().name == objective.name


@pytest.mark.parametrize("key", ["", "a b", "x" * 61, "ä", "a/b", None, 5.5, ["x"], "a\0"])
def test_a_key_of_one_s_own_must_be_one(send: Send, people: dict[str, User], key: Any) -> None:
    answer = send("pmo", "objectives/", name="Grow", key=key)
    assert (answer.status_code, list(answer.json())) == (400, ["key"])


@pytest.mark.parametrize("body", ["[" * 100_000, "[1]", '"x"', "null", "{", "NaN", "7" * 5000, ""])
def test_a_body_that_is_no_object_is_refused(send: Send, objective: Objective, body: str) -> None:
    for path, method in ((f"objectives/{objective.key}/", "patch"), ("objectives/", "post")):
        answer = send("pmo", path, method, data=body)
        assert answer.status_code == 400


def test_a_change_without_a_reason_is_refused(send: Send, objective: Objective) -> None:
    answer = send("pmo", f"objectives/{objective.key}/", "patch", name="New")
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])


def test_what_is_read_says_where_it_stands(
    read: Send, send: Send, objective: Objective, key_result: KeyResult
) -> None:
    check_in(key_result, {7: "44.3"})
    send("pmo", f"objectives/{objective.key}/archive/", reason="paused")
    told = read(f"objectives/{objective.key}/")
    assert (told["progress_percent"], told["weakest"]) == (10.0, "retention")
    assert told["archived_at"] is not None
    assert 0 < told["planned_percent"] < 10
    assert (told["closed_on"], told["grade"]) == (None, None)
    assert read("objectives/?is_archived=true")["count"] == 1
    assert read("objectives/?is_archived=false")["count"] == 0
    assert read("objectives/?is_closed=false")["count"] == 1
    with pytest.raises(AssertionError, match="is_closed"):
        read("objectives/?is_closed=perhaps")
    assert read(f"key-results/{key_result.key}/")["check_in_hour"] is None


def test_a_change_costs_the_same_however_many_there_are(
    send: Send, plan: Plan, objective: Objective
) -> None:
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            make_key_result(make_objective(plan, f"o{number}"), f"k{number}")
        body = {"supports_key_result": "k1", "reason": "clearer"}
        send("pmo", "objectives/growth/", "patch", data=body)  # settles what is due before it
        with CaptureQueriesContext(connection) as queries:
            answer = send("pmo", "objectives/growth/", "patch", data=body | {"name": f"G{numbers}"})
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_sentences_are_in_the_reader_s_language(
    send: Send, objective: Objective, people: dict[str, User]
) -> None:
    User.objects.filter(pk=people["viewer"].pk).update(language="zh-hans")
    answer = send("viewer", "objectives/", name="Grow")
    assert answer.json()["detail"] == "只有管理员、PMO 和团队负责人可以添加目标。"


def test_the_number_of_queries_does_not_grow(
    client: Client, plan: Plan, viewer: User, objective: Objective
) -> None:
    client.force_login(viewer)
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            one = make_objective(plan, f"o{number}", supports=objective)
            check_in(make_key_result(one, f"k{number}", owner=viewer), {7: "44"})
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api/plans/{plan.key}/objectives/")
        assert answer.json()["count"] == numbers[-1] + 2
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9
