"""What a reminder keeps of the duties it is about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.cadence.domain.reminding import DUTIES_MOST, DutyEntry, Reminder
from apps.cadence.models import Duty
from apps.objectives.models import CheckIn
from apps.outbox.domain.payload import PlanName
from apps.people.models import User
from apps.plans.addresses import item_path, plan_path
from apps.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Owing:
    """Everything that one person owes, or answers for as a delegate, the most urgent first."""

    person: User
    duties: Sequence[Duty]


def reminder_payloads(plan: Plan, owing: Sequence[Owing], now: dt.datetime) -> list[Reminder]:
    """What each reminder says (one query for all). The signed links are not part of it."""
    ids = [duty.key_result_id for one in owing for duty in one.duties if duty.key_result_id]
    newest = {row.key_result_id: row for row in CheckIn.objects.filter(key_result__in=ids).newest()}
    return [
        Reminder(
            plan=PlanName(key=plan.key, name=plan.name),
            written_at=now,
            entries=tuple(
                _entry(plan, duty, newest, one.person) for duty in one.duties[:DUTIES_MOST]
            ),
            more=tuple(duty.pk for duty in one.duties[DUTIES_MOST:]),
        )
        for one in owing
    ]


def _entry(plan: Plan, duty: Duty, newest: dict[int, CheckIn], reader: User) -> DutyEntry:
    is_own = duty.owner_id == reader.pk
    return DutyEntry(
        id=duty.pk,
        due_at=duty.due_at,
        closes_at=duty.closes_at,
        of=None if is_own or duty.owner is None else str(duty.owner),
        **_item(plan, duty, newest),
    )


def _item(plan: Plan, duty: Duty, newest: dict[int, CheckIn]) -> dict[str, Any]:
    """Name, page and what was reported last."""
    if duty.key_result is not None:
        last = newest.get(duty.key_result.pk)
        return {
            "kind": "key_result",
            "name": duty.key_result.name,
            "unit": duty.key_result.unit,
            "path": f"{plan_path(plan.key)}key-results/{duty.key_result.key}/",
            "last_on": None if last is None else last.for_on,
            "last": None if last is None else last.value,
        }
    assert duty.task is not None  # noqa: S101 - one of the two, says the database
    item = duty.task.item
    return {
        "kind": "task",
        "name": item.name,
        "unit": "",
        "path": item_path(plan.key, item.kind, item.key),
        "last_on": item.known_on,
        "last": None if item.remaining_days is None else Decimal(item.remaining_days),
    }
