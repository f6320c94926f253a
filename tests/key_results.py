"""Key results for tests, made by the services, so that levels and forecasts are real."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.approvals.models import ChangeRequest
from apps.objectives.models import KeyResult, KeyResultTarget, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services import NewCheckIn, check_ins_add, key_results_refresh
from apps.objectives.services.target_changes import target_change_request
from apps.plans.models import Item, ItemKind, Plan
from apps.plans.services import plan_change
from apps.plans.services.items import item_create
from tests.factories import day, signer

LAST_DAY = dt.date(2028, 12, 31)


def make_objective(plan: Plan, key: str = "growth", **values: Any) -> Objective:
    """An objective of the plan."""
    values = {"name": f"Objective {key}", **values}
    return Objective.objects.create(plan=plan, key=key, **values)


def make_key_result(
    objective: Objective,
    key: str = "retention",
    *,
    targets: Sequence[tuple[dt.date, str | None]] = ((LAST_DAY, "65"),),
    baseline: str | None = "42",
    **values: Any,
) -> KeyResult:
    """A key result with dated targets, from the plan's first day; increasing by default."""
    plan = objective.plan
    values = {"kind": "increase", "unit": "%", "name": f"Key result {key}", **values}
    with plan_change(plan=plan, by=signer(), reason="test", on=day(1)) as change:
        key_result = KeyResult.objects.create(
            plan=plan,
            objective=objective,
            key=key,
            baseline=None if baseline is None else Decimal(baseline),
            baseline_on=None if baseline is None else day(0),
            **values,
        )
        for due_on, value in targets:
            item = Item(
                kind=ItemKind.TARGET,
                key=f"{key}-{due_on.isoformat()}",
                name=key_result.name,
                owner=key_result.owner,
                team=key_result.team,
                start_on=day(1),
                finish_on=due_on,
            )
            item_create(change=change, item=item)
            asked = None if value is None else Decimal(value)
            KeyResultTarget.objects.create(
                item=item,
                key_result=key_result,
                due_on=due_on,
                value=asked,
                first_value=asked,
                first_due_on=due_on,
            )
        key_results_refresh(change=change, key_results=[key_result])
    return key_result


def ask_for_more(key_result: KeyResult, on: int = 400, value: int = 50) -> ChangeRequest:
    """A request of a further target that waits for the PMO."""
    asked = PlannedTarget(day(on), Decimal(value))
    return target_change_request(
        key_result=key_result, target=None, asked=asked, by=signer(), reason="a step between"
    )


def check_in(key_result: KeyResult, values: Mapping[int, str], **more: Any) -> None:
    """Values reported for days of the plan, each entered on its own day."""
    for on, value in values.items():
        with plan_change(plan=key_result.plan, by=signer(), reason="test", on=day(on)) as change:
            new = NewCheckIn(key_result=key_result, for_on=day(on), value=Decimal(value), **more)
            check_ins_add(change=change, check_ins=[new])
