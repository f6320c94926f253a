"""Check-ins: values reported for a date. A correction is a new row; nothing is overwritten."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.services.targets import key_results_refresh
from apps.plans.services.change import PlanChange


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheckIn:
    """A value for a date; ``confidence`` 0 to 10 or None when it was not given."""

    key_result: KeyResult
    for_on: dt.date
    value: Decimal
    confidence: int | None = None
    note: str = ""
    is_sample: bool = False


def check_ins_add(*, change: PlanChange, check_ins: Sequence[NewCheckIn]) -> list[CheckIn]:
    """Record values within a change of their plan and judge their key results anew."""
    rows = CheckIn.objects.bulk_create(
        [
            CheckIn(
                key_result=check_in.key_result,
                for_on=check_in.for_on,
                value=check_in.value,
                confidence=check_in.confidence,
                note=check_in.note,
                is_sample=check_in.is_sample,
                entered_by=change.by,
            )
            for check_in in check_ins
        ]
    )
    reported = {check_in.key_result.pk: check_in.key_result for check_in in check_ins}
    key_results_refresh(change=change, key_results=list(reported.values()))
    return rows
