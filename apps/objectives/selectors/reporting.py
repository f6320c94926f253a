"""A key result with everything that a new value is judged against: one query."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget, Objective
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.key_results import CheckIn as EngineCheckIn
from apps.plans.models import Plan


class Reported(NamedTuple):
    """A value in force, and the day it is for."""

    on: dt.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Reporting:
    """A key result, its live targets by date, and its check-ins in force by date.

    The targets' items are not read yet: whoever changes them reads what they move as well.
    ``rows`` are check-ins as the database gives them; few of them are looked at.
    """

    key_result: KeyResult
    targets: list[KeyResultTarget]
    rows: list[dict[str, Any]]

    @property
    def newest(self) -> CheckIn | None:
        """The check-in in force of the last date."""
        return self.check_in(self.rows[-1]) if self.rows else None

    @property
    def last_note(self) -> str:
        return next((row["note"] for row in reversed(self.rows) if row["note"]), "")

    def of_day(self, on: dt.date) -> CheckIn | None:
        """The check-in in force for a date."""
        day = on.isoformat()
        return next((self.check_in(row) for row in self.rows if row["for_on"] == day), None)

    def before(self, on: dt.date) -> CheckIn | None:
        """The last check-in for an earlier date."""
        day = on.isoformat()
        earlier = (self.check_in(row) for row in reversed(self.rows) if row["for_on"] < day)
        return next(earlier, None)

    def with_new(self, new: CheckIn) -> list[Reported]:
        """The values in force once ``new`` is entered, by date."""
        day = new.for_on.isoformat()
        values = [
            Reported(dt.date.fromisoformat(row["for_on"]), Decimal(row["value"]))
            for row in self.rows
            if row["for_on"] != day
        ]
        return sorted([*values, Reported(new.for_on, new.value)])

    def last_with(self, new: CheckIn) -> CheckIn:
        """The check-in of the last date once ``new`` is entered."""
        newest = self.newest
        return new if newest is None or newest.for_on <= new.for_on else newest

    def check_in(self, row: dict[str, Any]) -> CheckIn:
        read = {
            "for_on": dt.date.fromisoformat(row["for_on"]),
            "value": Decimal(row["value"]),
            "entered_at": dt.datetime.fromisoformat(row["entered_at"]),
        }
        return CheckIn(key_result=self.key_result, **(row | read))


# By hand: a row is saved while somebody waits, and composing this statement would take longer
# than all that it asks for.
REPORTING = """
SELECT key_result.*, objective.key AS o_key, objective.name AS o_name,
    objective.closed_on AS o_closed_on, objective.archived_at AS o_archived_at,
    ARRAY(
        SELECT json_build_object('item_id', target.item_id, 'due_on', target.due_on,
            'value', target.value::text)
        FROM objectives_keyresulttarget target
        JOIN plans_item item ON item.id = target.item_id AND item.state <> 'cancelled'
        WHERE target.key_result_id = key_result.id ORDER BY target.due_on
    ) AS live,
    ARRAY(
        SELECT DISTINCT ON (row.for_on) json_build_object('id', row.id, 'for_on', row.for_on,
            'value', row.value::text, 'entered_by_id', row.entered_by_id, 'note', row.note,
            'confidence', row.confidence, 'is_unchanged', row.is_unchanged,
            'entered_at', row.entered_at)
        FROM objectives_checkin row WHERE row.key_result_id = key_result.id
        ORDER BY row.for_on, row.entered_at DESC, row.id DESC
    ) AS in_force
FROM objectives_keyresult key_result
JOIN objectives_objective objective ON objective.id = key_result.objective_id
WHERE key_result.id = %(id)s AND key_result.plan_id = %(plan)s
"""
OBJECTIVE = ("key", "name", "closed_on", "archived_at")


def read_reporting(plan: Plan, pk: int) -> Reporting | None:
    """The key result of a plan; None when it is not there."""
    rows: Any = KeyResult.objects.raw(REPORTING, {"id": pk, "plan": plan.pk})
    for found in rows:
        values = [found.objective_id, *(getattr(found, f"o_{name}") for name in OBJECTIVE)]
        found.objective = Objective.from_db(found._state.db, ("id", *OBJECTIVE), values)
        targets = [target(found, row) for row in found.live]
        return Reporting(found, targets, found.in_force)
    return None


def target(key_result: KeyResult, row: dict[str, Any]) -> KeyResultTarget:
    """A dated target as the database wrote it into JSON."""
    on, value = dt.date.fromisoformat(row["due_on"]), row["value"]
    return KeyResultTarget(
        item_id=row["item_id"],
        key_result=key_result,
        due_on=on,
        value=None if value is None else Decimal(value),
    )


def engine_check_ins(rows: list[Reported], calendar: DayCalendar) -> list[EngineCheckIn]:
    """Values as the engine takes them."""
    return [EngineCheckIn(calendar.number(row.on), row.value) for row in rows]
