"""Requests to move a target, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from apps.objectives.models import Decision, TargetChange
from apps.objectives.presentation.standings import key_result_path, target_text
from apps.plans.addresses import plan_path
from apps.plans.models import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request, ready to be written. Values are empty where a target only has a day."""

    href: str
    name: str
    key_result_href: str
    old_value: str
    new_value: str
    old_due_on: dt.date
    new_due_on: dt.date
    is_later: bool
    reason: str
    requested_by: object
    requested_at: dt.datetime
    is_pending: bool
    decision: str
    decided_by: object
    decided_at: dt.datetime | None
    note: str


def request_row(request: TargetChange, plan: Plan) -> RequestRow:
    """One request."""
    key_result = request.target.key_result
    return RequestRow(
        href=f"{plan_path(plan.key)}target-changes/{request.pk}/",
        name=key_result.name,
        key_result_href=key_result_path(plan, key_result),
        old_value=target_text(key_result, request.old_value),
        new_value=target_text(key_result, request.new_value),
        old_due_on=request.old_due_on,
        new_due_on=request.new_due_on,
        is_later=request.new_due_on > request.old_due_on,
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
