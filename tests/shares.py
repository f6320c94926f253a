"""A key result that counts milestones, for tests; made by the services."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from apps.milestones.models import Milestone
from apps.objectives.models import KeyResult, KeyResultKind, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.key_results import KeyResultData, key_result_add
from apps.plans.services import plan_change
from tests.factories import day, signer


def make_share(
    objective: Objective,
    milestones: Sequence[Milestone],
    targets: Sequence[tuple[dt.date, str]],
    name: str = "Delivered",
    on: int = 1,
) -> KeyResult:
    """Made on a day of the plan, the first one by default."""
    data = KeyResultData(
        name=name,
        kind=KeyResultKind.MILESTONES,
        milestones=tuple(row.item for row in milestones),
    )
    planned = [PlannedTarget(due_on, Decimal(value)) for due_on, value in targets]
    with plan_change(plan=objective.plan, by=signer(), reason="test", on=day(on)) as change:
        return key_result_add(change=change, objective=objective, data=data, targets=planned)
