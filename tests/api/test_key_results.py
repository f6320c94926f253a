"""Key results from other programs: added below an objective with targets, changed with locks."""

import datetime as dt
from typing import Any

import pytest

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from tests.api.conftest import ROLES, Send
from tests.build import day, make_key_result, make_milestone, make_share
from tests.history import is_signed

NEW: dict[str, Any] = {
    "name": "Net sales",
    "kind": "increase",
    "unit": "m",
    "baseline": "10",
    "targets": [{"due_on": "2027-12-31", "value": 40}, {"due_on": "2026-12-31", "value": "20.5"}],
}
MAY = {"admin", "pmo", "lead", "owner"}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_add_one(
    send: Send, objective: Objective, people: dict[str, User], role: str
) -> None:
    answer = send(role, f"objectives/{objective.key}/key-results/", data=NEW)
    assert answer.status_code == (201 if role in MAY else 404 if role == "stranger" else 403)
    assert KeyResult.objects.exists() == (role in MAY)
    if role in MAY:
        told, made = answer.json(), KeyResult.objects.get()
        assert (told["key"], told["objective"], told["owner"]) == ("net-sales", "growth", "olga")
        assert is_signed(made, people[role], "key result created")
        targets = made.targets.order_by("due_on").values_list("due_on", "value")
        assert [(str(day), float(value)) for day, value in targets] == [
            ("2026-12-31", 20.5),
            ("2027-12-31", 40.0),
        ]
        assert made.baseline_on == dt.date(2025, 12, 31)


def test_the_same_sent_again_is_made_once(send: Send, objective: Objective) -> None:
    path, body = f"objectives/{objective.key}/key-results/", NEW | {"key": "mine", "owner": None}
    first, again = send("pmo", path, data=body), send("lead", path, data=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for other in ({"name": "Other"}, {"targets": NEW["targets"][:1]}, {"weight": 2}):
        answer = send("pmo", path, data=body | other)
        assert (answer.status_code, answer.json()["name"]) == (409, "Net sales")
    assert KeyResult.objects.count() == 1


def test_the_same_key_below_another_objective_is_another_one(
    send: Send, objective: Objective
) -> None:
    send("pmo", "objectives/", name="Other", key="other")
    body = NEW | {"key": "mine", "owner": None, "team": None}
    assert send("pmo", f"objectives/{objective.key}/key-results/", data=body).status_code == 201
    assert send("pmo", "objectives/other/key-results/", data=body).status_code == 409


def test_an_owner_who_left_is_given_nothing_new(
    send: Send, objective: Objective, people: dict[str, User]
) -> None:
    people["owner"].memberships.all().delete()
    path = f"objectives/{objective.key}/key-results/"
    answer = send("pmo", path, data=NEW)
    assert (answer.status_code, list(answer.json())) == (400, ["owner"])
    assert send("pmo", path, data=NEW | {"owner": None}).json()["owner"] is None


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("decrease", {"baseline": "90"}),
        ("increase", {"baseline": None}),
        ("keep_within", {"lower_bound": 1, "upper_bound": "2.5"}),
        ("keep_at_least", {"lower_bound": "-3"}),
        ("keep_at_most", {"upper_bound": 10**13}),
        ("binary", {}),
    ],
)
def test_every_kind_can_be_added(
    send: Send, objective: Objective, kind: str, more: dict[str, Any]
) -> None:
    targets = [{"due_on": "2026-12-31", "value": 50}]
    body = {"name": "X", "kind": kind, "targets": targets, **more}
    body |= {"cadence": "monthly", "check_in_weekday": 0, "check_in_hour": 0}
    answer = send("pmo", f"objectives/{objective.key}/key-results/", data=body)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["cadence"], told["check_in_weekday"], told["check_in_hour"]) == ("monthly", 0, 0)


def test_a_share_counts_milestones_by_their_keys(send: Send, objective: Objective) -> None:
    for key, due in (("m1", 60), ("m2", 200)):
        make_milestone(objective.plan, key, due)
    path = f"objectives/{objective.key}/key-results/"
    body: dict[str, Any] = {"name": "Delivered", "kind": "milestones", "key": "delivered"}
    body |= {"targets": [{"due_on": "2026-12-31", "value": 100}], "milestones": ["m2", "m1"]}
    first, again = send("pmo", path, data=body), send("pmo", path, data=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["milestones"] == ["m1", "m2"]
    other = send("pmo", path, data=body | {"milestones": ["m1"]})
    assert other.status_code == 409
    for wrong in ([], ["m3"], [["m1"]], "m1"):
        refused = send("pmo", path, data=body | {"key": "x", "milestones": wrong})
        assert (refused.status_code, list(refused.json())) == (400, ["milestones"])
    early = [{"due_on": "2026-03-31", "value": 60}]
    late = send("pmo", path, data=body | {"key": "y", "targets": early})
    assert "only 50% of these milestones are due" in late.json()["targets"][0]["value"][0]


def test_only_the_pmo_changes_which_milestones_count(send: Send, objective: Objective) -> None:
    stones = [make_milestone(objective.plan, key, due) for key, due in (("m1", 60), ("m2", 200))]
    made = make_share(objective, stones[:1], [(day(200), "100")])
    change = {"milestones": ["m2", "m1"], "reason": "all of them"}
    assert send("owner", f"key-results/{made.key}/", "patch", **change).status_code == 403
    answer = send("pmo", f"key-results/{made.key}/", "patch", **change)
    assert (answer.status_code, answer.json()["milestones"]) == (200, ["m1", "m2"])


HUGE = 99999999999999
EXTREMES = [
    {"baseline": "0.000001", "targets": [{"due_on": "2200-12-31", "value": HUGE}]},
    {"baseline": -HUGE, "targets": [{"due_on": "2026-01-01", "value": HUGE}]},
    {"baseline_on": "1970-01-01", "targets": [{"due_on": "1970-01-02", "value": "10.000001"}]},
]


@pytest.mark.parametrize("values", EXTREMES)
def test_extremes_are_reckoned_with(
    send: Send, objective: Objective, values: dict[str, Any]
) -> None:
    answer = send("pmo", f"objectives/{objective.key}/key-results/", data=NEW | values)
    assert answer.status_code == 201
    key = answer.json()["key"]
    said = {"key_result": key, "for_on": "2026-03-04", "value": "0.000002", "note": "x"}
    assert send("pmo", "check-ins/", data=said).status_code == 201
    assert send("pmo", f"objectives/{objective.key}/", "get").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_who_may_change_one(
    send: Send, key_result: KeyResult, people: dict[str, User], role: str
) -> None:
    answer = send(role, "key-results/retention/", "patch", name="Kept", reason="clearer")
    assert answer.status_code == (200 if role in MAY else 404 if role == "stranger" else 403)
    row = KeyResult.objects.get()
    assert (row.name == "Kept") == (role in MAY)
    assert row.baseline == 42
    if role in MAY:
        assert is_signed(row, people[role], "clearer")
        assert row.targets.get().item.name == "Kept"


@pytest.mark.parametrize(
    "values", [{"baseline": 43}, {"baseline": None}, {"baseline_on": "2026-01-02"}, {"weight": 2}]
)
def test_what_was_agreed_is_moved_by_stewards_only(
    send: Send, key_result: KeyResult, values: dict[str, Any]
) -> None:
    for role in ("lead", "owner"):
        answer = send(role, "key-results/retention/", "patch", reason="why not", **values)
        assert answer.status_code == 403
        assert "bounds, weight or a known baseline" in answer.json()["detail"]
    for role in ("pmo", "admin"):
        answer = send(role, "key-results/retention/", "patch", reason="agreed", **values)
        assert answer.status_code == 200
    same = {"baseline": "42.0", "weight": None}
    again = send("pmo", "key-results/retention/", "patch", reason="back", **same)
    assert again.json()["baseline"] == "42"
    unmoved = send("owner", "key-results/retention/", "patch", reason="as it is", **same)
    assert unmoved.status_code == 200


def test_bounds_are_moved_by_stewards_only(send: Send, objective: Objective) -> None:
    targets = ((dt.date(2026, 12, 31), None),)
    make_key_result(objective, kind="keep_at_least", baseline=None, lower_bound=5, targets=targets)
    path = "key-results/retention/"
    assert send("owner", path, "patch", lower_bound=4, reason="easier").status_code == 403
    assert send("pmo", path, "patch", lower_bound=4, reason="easier").status_code == 200
    assert KeyResult.objects.get().lower_bound == 4


def test_an_unknown_baseline_may_be_filled_in_by_the_owner(
    send: Send, objective: Objective
) -> None:
    make_key_result(objective, baseline=None)
    path = "key-results/retention/"
    filled = {"baseline": "41.5", "baseline_on": "2026-01-31", "reason": "measured"}
    assert send("owner", path, "patch", data=filled).status_code == 200
    assert send("owner", path, "patch", data=filled | {"baseline": 42}).status_code == 403


def test_targets_and_kind_stay(send: Send, key_result: KeyResult) -> None:
    for values in ({"targets": []}, {"kind": "decrease"}, {"objective": "other"}, {"key": "x"}):
        answer = send("pmo", "key-results/retention/", "patch", reason="x", **values)
        assert (answer.status_code, list(answer.json())) == (400, ["non_field_errors"])


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"name": {"x": 1}}, "name"),
    ({"unit": "x" * 41}, "unit"),
    ({"weight": 0}, "weight"),
    ({"weight": "1e9"}, "weight"),
    ({"weight": "1e400"}, "weight"),
    ({"weight": "Infinity"}, "weight"),
    ({"weight": {}}, "weight"),
    ({"baseline": True}, "baseline"),
    ({"baseline": 10**15}, "baseline"),
    ({"baseline": "1.1234567"}, "baseline"),
    ({"baseline": ["1"]}, "baseline"),
    ({"baseline": "９９９９九"}, "baseline"),
    ({"baseline_on": "0001-01-01"}, "baseline_on"),
    ({"baseline_on": 20260101}, "baseline_on"),
    ({"baseline_on": {"y": 1}}, "baseline_on"),
    ({"owner": "nobody"}, "owner"),
    ({"owner": "\ud800"}, "owner"),
    ({"team": 7}, "team"),
    ({"cadence": "daily"}, "cadence"),
    ({"cadence": "\ud800"}, "cadence"),
    ({"cadence": ["weekly"]}, "cadence"),
    ({"check_in_weekday": 7}, "check_in_weekday"),
    ({"check_in_weekday": {}}, "check_in_weekday"),
    ({"check_in_hour": 24}, "check_in_hour"),
    ({"check_in_hour": -1}, "check_in_hour"),
    ({"check_in_hour": 1e300}, "check_in_hour"),
    ({"note": "a\0"}, "note"),
    ({"nmae": "x"}, "non_field_errors"),
    ({"reason": " "}, "reason"),
]


@pytest.mark.parametrize(("values", "field"), WRONG)
def test_what_is_wrong_is_said_by_field(
    send: Send, objective: Objective, key_result: KeyResult, values: dict[str, Any], field: str
) -> None:
    changed = send("pmo", "key-results/retention/", "patch", data={"reason": "x"} | values)
    assert (changed.status_code, list(changed.json())) == (400, [field])
    body = NEW | {"reason": "x"} | values
    added = send("pmo", f"objectives/{objective.key}/key-results/", data=body)
    assert (added.status_code, list(added.json())) == (400, [field])
    assert KeyResult.objects.count() == 1


WRONG_LINES: list[tuple[dict[str, Any], str]] = [
    ({"kind": "sideways"}, "kind"),
    ({"kind": ["increase"]}, "kind"),
    ({"targets": []}, "targets"),
    ({"targets": {}}, "targets"),
    ({"targets": [[]]}, "targets"),
    ({"targets": [{"due_on": "2026-12-31", "value": 40, "x": 1}]}, "targets"),
    ({"targets": [{"value": 40}]}, "targets"),
    ({"targets": [{"due_on": "9999-12-31", "value": 40}]}, "targets"),
    ({"targets": [{"due_on": "2026-12-31"}]}, "targets"),
    ({"targets": [{"due_on": "2026-12-31", "value": 5}]}, "targets"),
    ({"targets": [{"due_on": "2020-12-31", "value": 50}]}, "targets"),
    ({"targets": [{"due_on": "2026-12-31", "value": 50}] * 2}, "targets"),
    ({"targets": [{"due_on": "2026-12-31", "value": 50}] * 25}, "targets"),
    ({"kind": "keep_within", "lower_bound": 1}, "upper_bound"),
    ({"kind": "keep_within", "lower_bound": 3, "upper_bound": 2}, "upper_bound"),
    ({"kind": "keep_at_least"}, "lower_bound"),
    ({"baseline": None, "baseline_on": "2026-01-01"}, "baseline"),
]


@pytest.mark.parametrize(("values", "field"), WRONG_LINES)
def test_targets_that_make_no_line_are_refused(
    send: Send, objective: Objective, values: dict[str, Any], field: str
) -> None:
    answer = send("pmo", f"objectives/{objective.key}/key-results/", data=NEW | values)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not KeyResult.objects.exists()


def test_the_sentence_stands_at_its_target(send: Send, objective: Objective) -> None:
    targets = [{"due_on": "2026-12-31", "value": 20}, {"due_on": "2027-12-31", "value": 15}]
    path = f"objectives/{objective.key}/key-results/"
    first, second = send("pmo", path, data=NEW | {"targets": targets}).json()["targets"]
    assert first == {}
    assert second["value"][0].startswith("The target 15 of")


def test_a_closed_objective_takes_none(send: Send, objective: Objective) -> None:
    send("pmo", f"objectives/{objective.key}/close/", grade="0.5", note="Done")
    answer = send("pmo", f"objectives/{objective.key}/key-results/", data=NEW)
    assert answer.status_code == 403
    assert send("pmo", "objectives/unknown/key-results/", data=NEW).status_code == 404
