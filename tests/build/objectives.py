"""Objectives with their key results: dated targets, and the values that are reported."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.milestones.models import Milestone
from apps.objectives.models import CheckIn, KeyResult, KeyResultKind, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services import NewCheckIn, check_ins_add
from apps.objectives.services.corrections import check_in_correct
from apps.objectives.services.key_results import KeyResultData, key_result_add
from apps.objectives.services.objectives import ObjectiveData, objective_add
from apps.people.models import User
from apps.plans.models import Plan
from tests.build.changes import changing, signer
from tests.build.days import LAST_DAY, date_of

NUMBERS = ("baseline", "lower_bound", "upper_bound", "weight")
Number = str | int | Decimal
Targets = Sequence[tuple[dt.date, Number | None]]


def decimal(value: Number | None) -> Decimal | None:
    """A number as people write it in a test."""
    return None if value is None else Decimal(value)


def planned(targets: Targets) -> list[PlannedTarget]:
    """Dated targets as the services take them."""
    return [PlannedTarget(due_on, decimal(value)) for due_on, value in targets]


def make_objective(
    plan: Plan, key: str = "growth", *, by: User | None = None, **values: Any
) -> Objective:
    """An objective of the plan from day 1; with an empty key, it gets one from its name."""
    data = ObjectiveData(**{"name": f"Objective {key}"} | values)
    with changing(plan, on=1, by=by) as change:
        return objective_add(change=change, data=data, key=key)


def make_key_result(
    objective: Objective,
    key: str = "retention",
    *,
    targets: Targets = ((LAST_DAY, "65"),),
    by: User | None = None,
    **values: Any,
) -> KeyResult:
    """A key result from day 1: from 42 % on the day before to 65 % at the end of the plan, unless
    ``targets`` and the fields of KeyResultData say otherwise.
    """
    usual = {"name": f"Key result {key}", "kind": KeyResultKind.INCREASE}
    fields = usual | {"unit": "%", "baseline": "42"} | values
    fields |= {name: decimal(fields[name]) for name in NUMBERS if name in fields}
    with changing(objective.plan, on=1, by=by) as change:
        return key_result_add(
            change=change,
            objective=objective,
            data=KeyResultData(**fields),
            targets=planned(targets),
            key=key,
        )


def make_bare_key_result(objective: Objective, key: str, **values: Any) -> KeyResult:
    """A key result without a target: no service makes one, but a plan file may bring it."""
    usual = {"name": f"Key result {key}", "kind": KeyResultKind.INCREASE}
    return KeyResult.objects.create(
        plan=objective.plan, objective=objective, key=key, **usual | values
    )


def make_share(
    objective: Objective,
    milestones: Sequence[Milestone],
    targets: Targets,
    name: str = "Delivered",
    *,
    on: int = 1,
    **values: Any,
) -> KeyResult:
    """A key result whose value is the accepted share of these milestones, made on day ``on``."""
    data = KeyResultData(
        name=name,
        kind=KeyResultKind.MILESTONES,
        milestones=tuple(row.item for row in milestones),
        **values,
    )
    with changing(objective.plan, on=on) as change:
        return key_result_add(
            change=change, objective=objective, data=data, targets=planned(targets)
        )


def check_in(
    key_result: KeyResult,
    values: Mapping[int | dt.date, Number],
    *,
    by: User | None = None,
    is_entered_now: bool = False,
    **more: Any,
) -> CheckIn:
    """Values reported for days of the plan, each entered on its own day, or all of them today;
    returns the last one.
    """
    batches: dict[dt.date | None, list[NewCheckIn]] = defaultdict(list)
    for on, value in values.items():
        for_on = date_of(on)
        new = NewCheckIn(key_result=key_result, for_on=for_on, value=Decimal(value), **more)
        batches[None if is_entered_now else for_on].append(new)
    rows: list[CheckIn] = []
    for entered_on, batch in batches.items():
        with changing(key_result.plan, on=entered_on, by=by) as change:
            rows += check_ins_add(change=change, check_ins=batch)
    return rows[-1]


def correct(
    wrong: CheckIn, value: Number, *, by: User | None = None, reason: str = "typo"
) -> CheckIn:
    """A value that was wrong, corrected today."""
    return check_in_correct(
        check_in=wrong, by=by or signer(), value=Decimal(value), confidence=None, reason=reason
    )
