"""Targets are moved, added and given up by a request that the PMO approves or rejects. Signed."""

from copy import copy
from dataclasses import dataclass

from django.utils import timezone

from apps.objectives.domain.payloads import DECISION, REQUEST
from apps.objectives.models import ChangeKind, Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.selectors.messages import request_payload
from apps.objectives.services.target_moves import (
    check_change,
    check_unmoved,
    live_targets,
    targets_change,
)
from apps.outbox.services import entry_collect
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.levels import rank_of
from apps.plans.models import LevelChange, Membership
from apps.plans.permissions import STEWARDS
from apps.plans.services.change import PlanChange, plan_change, plan_trial


def target_change_request(
    *,
    key_result: KeyResult,
    target: KeyResultTarget | None,
    asked: PlannedTarget | None,
    by: User,
    reason: str,
) -> TargetChange:
    """Ask for another value or day of ``target``; without a target, for a further one; without
    ``asked``, to give it up. The same request sent twice by one person is one.

    Raises PlanRuleError ("target. …", "trajectory. …", "objective.closed").
    """
    with plan_change(plan=key_result.plan, by=by, reason=reason) as change:
        rows = live_targets(key_result)
        request = new_request(now(key_result), target, asked, by, reason)
        standing = waiting_like(request)
        if standing is not None and is_same(standing, request):
            return standing
        if standing is not None:
            raise PlanRuleError("target.pending", "A change of this target is waiting already.")
        check_change(change=change, request=request, rows=rows)
        check_unmoved(request, rows)
        request.save(force_insert=True)
        request_tell(request=request)
    return request


def now(key_result: KeyResult) -> KeyResult:
    """The key result and its objective as they stand now that the plan is held."""
    return KeyResult.objects.select_related("objective", "plan").get(pk=key_result.pk)


def new_request(
    key_result: KeyResult,
    target: KeyResultTarget | None,
    asked: PlannedTarget | None,
    by: User,
    reason: str,
) -> TargetChange:
    """The request that these wishes make (not saved)."""
    kind = ChangeKind.MOVE if target is not None else ChangeKind.ADD
    return TargetChange(
        key_result=key_result,
        target=target,
        kind=kind if asked is not None else ChangeKind.DROP,
        old_value=None if target is None else target.value,
        old_due_on=None if target is None else target.due_on,
        new_value=None if asked is None else asked.value,
        new_due_on=None if asked is None else asked.due_on,
        reason=reason,
        requested_by=by,
    )


def waiting_like(request: TargetChange) -> TargetChange | None:
    """The request that waits for the same target, or for a further one on the same day."""
    waiting = TargetChange.objects.filter(
        key_result=request.key_result, target=request.target, decision=Decision.PENDING
    )
    if request.target_id is None:
        waiting = waiting.filter(new_due_on=request.new_due_on)
    return waiting.first()


def is_same(standing: TargetChange, request: TargetChange) -> bool:
    """Whether one person has asked for the same before."""
    names = ("kind", "new_value", "new_due_on", "reason", "requested_by_id")
    return all(getattr(standing, name) == getattr(request, name) for name in names)


def target_change_decide(
    *, request: TargetChange, by: User, is_approved: bool, note: str = ""
) -> TargetChange:
    """Approve a request, which puts it in force as a signed new baseline, or reject it.

    The first target is kept. Raises PlanRuleError when it was decided already, or when the target
    has changed since.
    """
    decision = Decision.APPROVED if is_approved else Decision.REJECTED
    with plan_change(plan=request.key_result.plan, by=by, reason=request.reason) as change:
        locked = waiting_request(request)
        if is_approved:
            targets_change(change=change, request=locked)
        return end_request(locked, decision, by, note)


def target_change_withdraw(*, request: TargetChange, by: User, note: str = "") -> TargetChange:
    """Take a request back; nothing changes. Raises PlanRuleError when it was decided already."""
    reason = note or "request withdrawn"
    with plan_change(plan=request.key_result.plan, by=by, reason=reason):
        return end_request(waiting_request(request), Decision.WITHDRAWN, by, note)


def waiting_request(request: TargetChange) -> TargetChange:
    """The request, locked, if it still waits."""
    rows = TargetChange.objects.select_for_update(of=("self",)).select_related(
        "key_result__objective", "key_result__plan"
    )
    locked = rows.get(pk=request.pk)
    if locked.decision != Decision.PENDING:
        raise PlanRuleError("target.decided", "This request was decided already.")
    return locked


def end_request(request: TargetChange, decision: Decision, by: User, note: str) -> TargetChange:
    """Sign what became of it, and tell; taking back the own request tells nobody."""
    request.decision, request.decision_note = decision, note[:500]
    request.decided_by, request.decided_at = by, timezone.now()
    request.save()
    if decision != Decision.WITHDRAWN or by.pk != request.requested_by_id:
        request_tell(request=request)
    return request


def request_tell(*, request: TargetChange) -> None:
    """Tell who may decide that it waits, but for who asked; or who asked and the owner of the key
    result what became of it, but for who decided. Active members of the plan only.
    """
    plan, is_asked = request.key_result.plan, request.decision == Decision.PENDING
    roles = Membership.objects.filter(plan=plan, user__is_active=True)
    if is_asked:
        roles = roles.filter(role__in=STEWARDS).exclude(user=request.requested_by_id)
    else:
        concerned = {request.requested_by_id, request.key_result.owner_id}
        roles = roles.filter(user__in=concerned - {request.decided_by_id, None})
    people = {role.user_id: role.user for role in roles.select_related("user")}
    if people:
        kind = REQUEST if is_asked else DECISION
        entry_collect(
            kind=kind,
            plan=plan,
            step=f"{kind}:{request.pk}",
            people=people.values(),
            payload=request_payload(plan, request, live_targets(request.key_result)),
            now=timezone.now(),
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What approval would do: the targets as they would stand, by date, and levels it changes."""

    targets: list[KeyResultTarget]
    changes: list[LevelChange]


def target_change_preview(*, request: TargetChange, by: User) -> Preview:
    """Approve, look, and undo: so a preview cannot differ from the approval. Writes nothing.

    Raises PlanRuleError where approval would be refused.
    """
    plan, request = request.key_result.plan, copy(request)
    with plan_trial(plan=plan, by=by, reason=request.reason) as change:
        targets_change(change=change, request=request)
        change.finish()
        return Preview(live_targets(request.key_result), named(change))


def named(change: PlanChange) -> list[LevelChange]:
    """The levels that a change alters, with their items, the worst first."""
    ids = [row.pk for row in change.level_changes]
    rows = LevelChange.objects.filter(pk__in=ids).select_related("item").order_by("pk")
    return sorted(rows, key=lambda row: rank_of(row.new_level), reverse=True)
