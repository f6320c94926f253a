"""A key result with everything that a new value is judged against: one query."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.plans.domain.calendars import DayCalendar
from apps.plans.domain.key_results import CheckIn as EngineCheckIn
from apps.plans.models import ItemState, Plan


@dataclass(frozen=True, slots=True)
class Reporting:
    """A key result, its live targets by date, and its values in force by date.

    The targets' items are not read yet: whoever changes them reads what they move as well.
    """

    key_result: KeyResult
    targets: list[KeyResultTarget]
    check_ins: list[CheckIn]

    @property
    def newest(self) -> CheckIn | None:
        """The value in force of the last date."""
        return self.check_ins[-1] if self.check_ins else None

    def of_day(self, on: dt.date) -> CheckIn | None:
        """The value in force for a date."""
        return next((row for row in self.check_ins if row.for_on == on), None)

    def before(self, on: dt.date) -> CheckIn | None:
        """The last value for an earlier date."""
        return next((row for row in reversed(self.check_ins) if row.for_on < on), None)

    def with_new(self, new: CheckIn) -> list[CheckIn]:
        """The values in force once ``new`` is entered, by date."""
        others = [row for row in self.check_ins if row.for_on != new.for_on]
        return sorted([*others, new], key=lambda row: row.for_on)


def read_reporting(plan: Plan, pk: int) -> Reporting | None:
    """The key result of a plan; None when it is not there or has no live target."""
    values = JSONObject(
        id="id",
        for_on="for_on",
        value=Cast("value", TextField()),
        entered_by_id="entered_by_id",
        confidence="confidence",
        note="note",
        is_unchanged="is_unchanged",
        entered_at="entered_at",
    )
    in_force = CheckIn.objects.filter(key_result=OuterRef("key_result")).in_force()
    targets = list(
        KeyResultTarget.objects.filter(key_result=pk, key_result__plan=plan)
        .exclude(item__state=ItemState.CANCELLED)
        .select_related("key_result__objective", "key_result__owner", "key_result__team")
        .annotate(values=ArraySubquery(in_force.values(json=values)))
        .order_by("due_on")
    )
    if not targets:
        return None
    rows: list[dict[str, Any]] = targets[0].values
    return Reporting(targets[0].key_result, [*targets], [check_in(pk, row) for row in rows])


def check_in(key_result_id: int, row: dict[str, Any]) -> CheckIn:
    """A row of the history as the database wrote it into JSON."""
    on, value = dt.date.fromisoformat(row.pop("for_on")), Decimal(row.pop("value"))
    entered_at = dt.datetime.fromisoformat(row.pop("entered_at"))
    return CheckIn(
        key_result_id=key_result_id, for_on=on, value=value, entered_at=entered_at, **row
    )


def engine_check_ins(rows: list[CheckIn], calendar: DayCalendar) -> list[EngineCheckIn]:
    """Values as the engine takes them."""
    return [EngineCheckIn(calendar.number(row.for_on), row.value) for row in rows]
