"""Key results with their newest and, where no baseline is known, their first value: one query."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from apps.objectives.models import CheckIn, KeyResult
from apps.plans.domain.calendars import DayCalendar
from apps.plans.domain.key_results import CheckIn as EngineCheckIn


@dataclass(frozen=True, slots=True)
class Reading:
    """A reported value, the day it is for, and how sure its author was (0 to 10, or None)."""

    value: Decimal
    on: dt.date
    confidence: int | None
    is_sample: bool


def with_readings(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Annotate ``newest`` and ``first``; one probe of the check-in index each a key result."""
    check_ins = CheckIn.objects.filter(key_result=OuterRef("pk"))
    values = JSONObject(
        value=Cast("value", TextField()),
        on="for_on",
        confidence="confidence",
        is_sample="is_sample",
    )
    newest = check_ins.order_by("-for_on", "-entered_at", "-id").values(json=values)[:1]
    first = check_ins.order_by("for_on", "-entered_at", "-id").values(json=values)[:1]
    return key_results.annotate(newest=Subquery(newest), first=Subquery(first))


def reading(data: dict[str, Any] | None) -> Reading | None:
    """What ``with_readings`` annotated, as a value; None without a check-in."""
    if data is None:
        return None
    on = dt.date.fromisoformat(data["on"])
    return Reading(Decimal(data["value"]), on, data["confidence"], data["is_sample"])


def engine_check_in(found: Reading | None, calendar: DayCalendar) -> list[EngineCheckIn]:
    """As the engine takes it."""
    return [] if found is None else [EngineCheckIn(calendar.number(found.on), found.value)]
