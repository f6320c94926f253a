"""Key results with their newest and first value and the milestones that they count: one query."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from apps.objectives.domain.shares import Counted
from apps.objectives.models import CheckIn, CountedMilestone, KeyResult
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.key_results import CheckIn as EngineCheckIn


@dataclass(frozen=True, slots=True)
class Reading:
    """A reported value, the day it is for, and how sure its author was (0 to 10, or None)."""

    value: Decimal
    on: dt.date
    confidence: int | None
    is_sample: bool


def with_readings(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Annotate ``newest``, ``first`` and ``due_milestones``; a probe of an index each."""
    check_ins = CheckIn.objects.filter(key_result=OuterRef("pk"))
    values = JSONObject(
        value=Cast("value", TextField()),
        on="for_on",
        confidence="confidence",
        is_sample="is_sample",
    )
    newest = check_ins.order_by("-for_on", "-entered_at", "-id").values(json=values)[:1]
    first = check_ins.order_by("for_on", "-entered_at", "-id").values(json=values)[:1]
    return key_results.annotate(
        newest=Subquery(newest), first=Subquery(first), due_milestones=due_milestones()
    )


def due_milestones() -> ArraySubquery:
    """Of each key result the milestones that it counts now, with their days."""
    rows = CountedMilestone.objects.filter(key_result=OuterRef("pk")).current()
    return ArraySubquery(
        rows.values(json=JSONObject(due="item__finish_on", accepted="item__finished_on"))
    )


def with_counting(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """With the milestones that each counts now (one query more)."""
    current = CountedMilestone.objects.current().select_related("item")
    return key_results.prefetch_related(Prefetch("counted", current, to_attr="counting"))


def counting_keys(key_result: KeyResult) -> list[str]:
    """The keys of what ``with_counting`` read, in their order."""
    return sorted(row.item.key for row in key_result.counting)  # type: ignore[attr-defined]


def counted(key_result: KeyResult, calendar: DayCalendar) -> list[Counted]:
    """What ``due_milestones`` annotated, in the plan's day numbers."""
    found = []
    for row in getattr(key_result, "due_milestones", ()):
        due, accepted = row["due"], row["accepted"]
        day = None if accepted is None else calendar.number(dt.date.fromisoformat(accepted))
        found.append(Counted(calendar.number(dt.date.fromisoformat(due)), day))
    return found


def reading(data: dict[str, Any] | None) -> Reading | None:
    """What ``with_readings`` annotated, as a value; None without a check-in."""
    if data is None:
        return None
    on = dt.date.fromisoformat(data["on"])
    return Reading(Decimal(data["value"]), on, data["confidence"], data["is_sample"])


def engine_check_in(found: Reading | None, calendar: DayCalendar) -> list[EngineCheckIn]:
    return [] if found is None else [EngineCheckIn(calendar.number(found.on), found.value)]
