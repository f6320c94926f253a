"""Requests to move a target, in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.objectives.models import Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.presentation.standings import key_result_path, target_text
from apps.objectives.selectors.standings import TargetStanding, target_standings
from apps.objectives.services.target_changes import Preview
from apps.plans.addresses import item_path, plan_path
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Plan
from apps.plans.selectors.outlooks import OutlookMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request, ready to be written. Old is empty for a further target, new for one given up."""

    href: str
    name: str
    key_result_href: str
    kind: str
    old_value: str
    new_value: str
    old_due_on: dt.date | None
    new_due_on: dt.date | None
    reason: str
    requested_by: object
    requested_at: dt.datetime
    is_pending: bool
    decision: str
    decided_by: object
    decided_at: dt.datetime | None
    note: str


def request_row(request: TargetChange, plan: Plan) -> RequestRow:
    key_result = request.key_result
    is_new, is_dropped = request.old_due_on is None, request.new_due_on is None
    return RequestRow(
        href=f"{plan_path(plan.key)}target-changes/{request.pk}/",
        name=key_result.name,
        key_result_href=key_result_path(plan, key_result),
        kind=request.get_kind_display(),
        old_value="" if is_new else target_text(key_result, request.old_value),
        new_value="" if is_dropped else target_text(key_result, request.new_value),
        old_due_on=request.old_due_on,
        new_due_on=request.new_due_on,
        reason=request.reason,
        requested_by=request.requested_by,
        requested_at=request.requested_at,
        is_pending=request.decision == Decision.PENDING,
        decision=request.get_decision_display(),
        decided_by=request.decided_by,
        decided_at=request.decided_at,
        note=request.decision_note,
    )


def request_rows(requests: Iterable[TargetChange], plan: Plan) -> list[RequestRow]:
    """Several, in their order."""
    return [request_row(request, plan) for request in requests]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPreview:
    """A target before and after approval; no badge where there is no target then."""

    due_on: dt.date
    asks: str
    before: str
    after: str
    delay_days: int | None
    forecast_on: dt.date | None


@dataclass(frozen=True, slots=True)
class LevelPreview:
    """An item whose level approval would change."""

    name: str
    href: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewRows:
    """What approval would do: to the targets of the key result, and to other items."""

    targets: list[TargetPreview]
    others: list[LevelPreview]


def preview_rows(
    key_result: KeyResult,
    before: Sequence[KeyResultTarget],
    after: Preview,
    plan: Plan,
    calendar: DayCalendar,
) -> PreviewRows:
    """Targets by date, one that is given up among them; then the other items that change."""
    looks = OutlookMaker(plan, calendar, plan.today())
    old = {row.target.pk: row for row in target_standings(before, looks)}
    new = {row.target.pk: row for row in target_standings(after.targets, looks)}
    rows = [target_preview(key_result, old.get(pk), new.get(pk)) for pk in {**old, **new}]
    others = [
        LevelPreview(
            name=change.item.name,
            href=item_path(plan.key, change.item.kind, change.item.key),
            before=change.old_level,
            after=change.new_level,
        )
        for change in after.changes
        if change.item_id not in {**old, **new}
    ]
    return PreviewRows(sorted(rows, key=lambda row: row.due_on), others)


def target_preview(
    key_result: KeyResult, old: TargetStanding | None, new: TargetStanding | None
) -> TargetPreview:
    """One target that stands before or after approval, mostly both."""
    shown = new or old
    assert shown is not None  # noqa: S101 - the caller has one or the other
    return TargetPreview(
        due_on=shown.target.due_on,
        asks=target_text(key_result, shown.target.value),
        before="" if old is None else old.outlook.shown,
        after="" if new is None else new.outlook.shown,
        delay_days=None if new is None else new.outlook.delay_days,
        forecast_on=None if new is None else new.outlook.forecast_on,
    )
