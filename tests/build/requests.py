"""Requests to move, add and give up targets, and what is decided."""

import datetime as dt

from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_decide
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.target_changes import target_change_request
from apps.people.models import User
from tests.build.changes import signer
from tests.build.days import date_of
from tests.build.objectives import Number, decimal


def ask(
    key_result: KeyResult,
    target: KeyResultTarget | None,
    asked: PlannedTarget | None,
    *,
    by: User | None,
    reason: str,
) -> ChangeRequest:
    """A request, made today, that waits for the PMO."""
    return target_change_request(
        key_result=key_result, target=target, asked=asked, by=by or signer(), reason=reason
    )


def ask_for_more(
    key_result: KeyResult,
    due: int | dt.date = 400,
    value: Number = 50,
    *,
    by: User | None = None,
    reason: str = "a step between",
) -> ChangeRequest:
    """A further target is asked for."""
    asked = PlannedTarget(date_of(due), decimal(value))
    return ask(key_result, None, asked, by=by, reason=reason)


def ask_to_move(
    target: KeyResultTarget,
    due: int | dt.date,
    value: Number,
    *,
    by: User | None = None,
    reason: str = "supplier is late",
) -> ChangeRequest:
    """Another day or value of a target is asked for."""
    asked = PlannedTarget(date_of(due), decimal(value))
    return ask(target.key_result, target, asked, by=by, reason=reason)


def ask_to_drop(
    target: KeyResultTarget, *, by: User | None = None, reason: str = "no market"
) -> ChangeRequest:
    """Somebody asks to give a target up."""
    return ask(target.key_result, target, None, by=by, reason=reason)


def decide(
    request: ChangeRequest, *, by: User | None = None, is_approved: bool = True, note: str = ""
) -> ChangeRequest:
    """A request is approved, or rejected, today."""
    return request_decide(request=request, by=by or signer(), is_approved=is_approved, note=note)
