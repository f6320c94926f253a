"""What a request to change a target says, and what it cannot say."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from apps.objectives.domain.target_changes import ChangeKind, DatedTarget, TargetChange, field_of
from apps.plans.engine.errors import PlanRuleError

OLD = DatedTarget(value=Decimal(1), due_on=dt.date(2026, 12, 31))
NEW = DatedTarget(value=Decimal(2), due_on=dt.date(2026, 12, 31))
MOVE: dict[str, Any] = {"kind": "move", "target_id": 7, "old": OLD, "new": NEW}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "wish"},
        {"target_id": None},
        {"kind": "add", "target_id": None},
        {"kind": "add", "target_id": None, "old": None, "new": None},
        {"kind": "drop"},
        {"kind": "drop", "new": None, "target_id": None},
        {"kind": "drop", "new": None, "old": None},
        {"new": None},
        {"old": None},
    ],
)
def test_a_request_has_what_its_kind_needs(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is not"):
        TargetChange(**{**MOVE, **fields})


def test_what_each_kind_says() -> None:
    assert TargetChange(**MOVE).about(5) == "target:7"
    further = TargetChange(kind=ChangeKind.ADD, target_id=None, old=None, new=NEW)
    assert further.about(5) == "key_result:5:2026-12-31"
    dropped = TargetChange(kind=ChangeKind.DROP, target_id=7, old=OLD, new=None)
    assert dropped.about(5) == "target:7"
    for change in (TargetChange(**MOVE), further, dropped):
        assert change.problems() == []
        assert TargetChange.from_json(change.to_json()) == change


@pytest.mark.parametrize(
    ("year", "is_refused"), [(1969, True), (1970, False), (2200, False), (2201, True)]
)
def test_days_that_no_plan_has(year: int, is_refused: bool) -> None:
    new = DatedTarget(value=None, due_on=dt.date(year, 6, 1))
    codes = [problem.code for problem in TargetChange(**{**MOVE, "new": new}).problems()]
    assert codes == (["day.out_of_range"] if is_refused else [])


def test_what_changes_nothing() -> None:
    (problem,) = TargetChange(**{**MOVE, "new": OLD}).problems()
    assert problem.code == "target.unchanged"


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("day.out_of_range", "due_on"),
        ("target.day_taken", "due_on"),
        ("target.day_given_up", "due_on"),
        ("trajectory.days_not_rising", "due_on"),
        ("trajectory.missing_value", "value"),
        ("trajectory.against_direction", "value"),
        ("trajectory.no_targets", None),
        ("target.moved", None),
    ],
)
def test_the_field_that_a_refusal_speaks_of(code: str, field: str | None) -> None:
    assert field_of(PlanRuleError(code, "No.")) == field
