"""The page of one key result in words and texts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.core.ui.formats import format_number, format_signed
from apps.core.ui.pieces import person_chip, team_chip
from apps.objectives.charts.history import Chart
from apps.objectives.domain.shares import Steps
from apps.objectives.models import CheckIn, KeyResult
from apps.objectives.presentation.standings import (
    BOUNDED,
    bounds_text,
    objective_path,
    pace_of,
    sign_of,
    target_text,
    with_unit,
)
from apps.objectives.selectors.standings import Standing, TargetStanding, rounded
from apps.plans.addresses import item_path, why_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.trajectory import Trajectory
from apps.plans.models import Item, Plan
from apps.plans.selectors.outlooks import OutlookMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A dated target, ready to be written. ``first`` is what was agreed first, where it differs."""

    due_on: dt.date
    asks: str
    first: str
    shown: str
    beside: tuple[str, ...]
    delay_days: int | None
    forecast_on: dt.date | None
    met_on: dt.date | None
    is_next: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """A reported value, ready to be written."""

    pk: int
    for_on: dt.date
    value: str
    plan: str
    gap: str
    is_behind: bool
    confidence: int | None
    note: str
    entered_at: dt.datetime
    entered_by: object
    is_sample: bool
    is_correction: bool
    is_superseded: bool
    is_unchanged: bool


def key_result_facts(found: Standing, plan: Plan) -> list[tuple[str, object]]:
    """(term, value) of what the key result is."""
    key_result: KeyResult = found.key_result
    base = with_unit(key_result.baseline, key_result.unit)
    if key_result.baseline is None:
        base = _("to be measured")
        if found.start is not None and key_result.kind not in BOUNDED:
            base = _("to be measured; the line starts at the first value, %(value)s") % {
                "value": with_unit(found.start, key_result.unit)
            }
    facts: list[tuple[str, object]] = [
        (_("Kind"), key_result.get_kind_display()),
        (_("Unit"), key_result.unit or "–"),
    ]
    if key_result.kind in BOUNDED:
        facts.append((_("Bounds"), bounds_text(key_result)))
    else:
        facts.append((_("Baseline"), base))
    weight = _("equal share") if key_result.weight is None else format_number(key_result.weight)
    return [
        *facts,
        (_("Weight"), weight),
        (_("Owner"), person_chip(key_result.owner)),
        (_("Team"), team_chip(key_result.team)),
        (_("Pace"), pace_of(found)),
    ]


def target_rows(found: Standing, plan: Plan) -> list[TargetRow]:
    """The dated targets in their order."""
    return [target_row(found.key_result, standing, plan) for standing in found.targets]


def target_row(key_result: KeyResult, standing: TargetStanding, plan: Plan) -> TargetRow:
    target, outlook = standing.target, standing.outlook
    is_moved = (target.value, target.due_on) != (target.first_value, target.first_due_on)
    return TargetRow(
        due_on=target.due_on,
        asks=target_text(key_result, target.value, sign_of(key_result.unit)),
        first=target_text(key_result, target.first_value, sign_of(key_result.unit))
        if is_moved
        else "",
        shown=outlook.shown,
        beside=outlook.beside,
        delay_days=outlook.delay_days,
        forecast_on=outlook.forecast_on,
        met_on=target.item.finished_on,
        is_next=standing.is_next,
        why=why_path(plan.key, target.item_id),
    )


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A milestone that counts, ready to be written."""

    name: str
    href: str
    due_on: dt.date
    accepted_on: dt.date | None
    shown: str


def counted_rows(items: Iterable[Item], plan: Plan, looks: OutlookMaker) -> list[CountedRow]:
    """The milestones of a share in their order."""
    return [
        CountedRow(
            name=item.name,
            href=item_path(plan.key, item.kind, item.key),
            due_on=item.finish_on,
            accepted_on=item.finished_on,
            shown=looks.of(item).shown,
        )
        for item in items
    ]


def check_in_rows(
    rows: Iterable[CheckIn], found: Standing, path: Trajectory | Steps | None, calendar: DayCalendar
) -> list[CheckInRow]:
    """Reported values, each beside what the plan's line asked for on its day."""
    return [check_in_row(row, found, path, calendar) for row in rows]


def check_in_row(
    row: CheckIn, found: Standing, path: Trajectory | Steps | None, calendar: DayCalendar
) -> CheckInRow:
    """One reported value."""
    unit, places = sign_of(found.key_result.unit), found.places
    planned = None if path is None else rounded(path.value(calendar.number(row.for_on)), places)
    gap = None if planned is None else round(row.value - planned, places)
    direction = 1 if path is None else path.direction
    return CheckInRow(
        pk=row.pk,
        for_on=row.for_on,
        value=with_unit(row.value, unit),
        plan=with_unit(planned, unit, places) if planned is not None else "",
        gap="" if gap is None else format_signed(gap, places),
        is_behind=gap is not None and gap * direction < 0,
        confidence=row.confidence,
        note=row.note,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        is_sample=row.is_sample,
        is_correction=row.corrects_id is not None,
        is_superseded=bool(getattr(row, "is_superseded", False)),
        is_unchanged=row.is_unchanged,
    )


def value_labels(chart: Chart, unit: str) -> list[tuple[float, str]]:
    """(pixels from the top, text) of the value axis."""
    sign = sign_of(unit)
    return [(tick.y, with_unit(Decimal(str(tick.value)), sign)) for tick in chart.value_ticks]


def actual_text(found: Standing) -> str:
    """The newest value with its unit."""
    newest = found.newest
    return _("no data") if newest is None else with_unit(newest.value, found.key_result.unit)


def chart_words(found: Standing, targets: Sequence[TargetRow]) -> str:
    """The chart in a sentence, for those who do not see it."""
    newest = found.newest
    if newest is None:
        return _("No value was reported yet.")
    text = _("Last value %(value)s; the plan asks for %(plan)s today. %(count)s dated targets.")
    return text % {
        "value": with_unit(newest.value, found.key_result.unit),
        "plan": with_unit(found.plan_value, found.key_result.unit, found.places),
        "count": len(targets),
    }


def crumbs(found: Standing, plan: Plan, base: str) -> list[tuple[str, str]]:
    """The way from the plan to the key result."""
    objective = found.key_result.objective
    return [
        (_("Plan"), base),
        (_("Objectives"), f"{base}objectives/"),
        (objective.name, objective_path(plan, objective.key)),
        (found.key_result.name, ""),
    ]
