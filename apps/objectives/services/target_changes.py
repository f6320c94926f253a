"""Targets move by a request with a reason that the PMO approves or rejects. Signed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone

from apps.objectives.models import Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.selectors.drafts import Line, PlannedTarget
from apps.objectives.services.key_results import check_line
from apps.objectives.services.targets import key_results_refresh, targets_by_key_result
from apps.people.models import User
from apps.plans.domain.errors import PlanRuleError
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.items import baseline_sign


def target_change_request(
    *,
    target: KeyResultTarget,
    by: User,
    reason: str,
    value: Decimal | None,
    due_on: dt.date,
) -> TargetChange:
    """Ask for another value or day. Raises PlanRuleError ("target. …", "trajectory. …")."""
    with plan_change(plan=target.key_result.plan, by=by, reason=reason) as change:
        rows = live_targets(target.key_result)
        standing = next((row for row in rows if row.pk == target.pk), None)
        if standing is None or standing.item.state == ItemState.FINISHED:
            raise PlanRuleError("target.finished", "This target is met or given up already.")
        check_differs(standing, value, due_on)
        if standing.changes.filter(decision=Decision.PENDING).exists():
            raise PlanRuleError("target.pending", "A change of this target is waiting already.")
        check_moved(change, target.key_result, rows, standing, PlannedTarget(due_on, value))
        return TargetChange.objects.create(
            target=standing,
            old_value=standing.value,
            new_value=value,
            old_due_on=standing.due_on,
            new_due_on=due_on,
            reason=reason,
            requested_by=by,
        )


def target_change_decide(
    *, request: TargetChange, by: User, is_approved: bool, note: str = ""
) -> TargetChange:
    """Approve a request, which re-baselines the target, or reject it. The first target is kept.

    Raises PlanRuleError when it was decided already, or when the target has moved since.
    """
    key_result = request.target.key_result
    with plan_change(plan=key_result.plan, by=by, reason=request.reason) as change:
        locked = TargetChange.objects.select_for_update().get(pk=request.pk)
        if locked.decision != Decision.PENDING:
            raise PlanRuleError("target.decided", "This request was decided already.")
        if is_approved:
            asked = PlannedTarget(locked.new_due_on, locked.new_value)
            target_move(change=change, key_result=key_result, request=locked, asked=asked)
        locked.decision = Decision.APPROVED if is_approved else Decision.REJECTED
        locked.decided_by, locked.decided_at = by, timezone.now()
        locked.decision_note = note
        locked.save()
    return locked


def target_move(
    *, change: PlanChange, key_result: KeyResult, request: TargetChange, asked: PlannedTarget
) -> None:
    """Put the target on its new value and day: a new baseline of its item, and of a target whose
    way now begins on another day.
    """
    rows = live_targets(key_result)
    target = next((row for row in rows if row.pk == request.target_id), None)
    if target is None or (target.value, target.due_on) != (request.old_value, request.old_due_on):
        raise PlanRuleError("target.moved", "The target has changed since the request was made.")
    if target.item.state == ItemState.FINISHED:
        raise PlanRuleError("target.finished", "This target is met already.")
    check_moved(change, key_result, rows, target, asked)
    starts = starts_after(rows)
    target.value, target.due_on = asked.value, asked.due_on
    target.save(update_fields=["value", "due_on"])
    target.item.finish_on = asked.due_on
    target.item.start_on = min(target.item.start_on, asked.due_on)
    changed = [row.item for row in rebased(rows, target, starts)]
    for item in changed:
        item.baseline_version += 1
        item.save(update_fields=["finish_on", "start_on", "baseline_version"])
    key_results_refresh(change=change, key_results=[key_result])
    for item in Item.objects.filter(pk__in=[item.pk for item in changed]):
        baseline_sign(change=change, item=item)


def rebased(
    rows: Sequence[KeyResultTarget],
    target: KeyResultTarget,
    starts: dict[int, dt.date | None],
) -> list[KeyResultTarget]:
    """The target, and open ones that now follow another day."""
    now = starts_after(rows)
    return [
        row
        for row in rows
        if row.pk == target.pk
        or (now[row.pk] != starts[row.pk] and row.item.state != ItemState.FINISHED)
    ]


def starts_after(rows: Sequence[KeyResultTarget]) -> dict[int, dt.date | None]:
    """The day of the target before each one; None for the first."""
    ordered = sorted(rows, key=lambda row: row.due_on)
    found: dict[int, dt.date | None] = {row.pk: None for row in ordered[:1]}
    found.update((row.pk, before.due_on) for before, row in pairwise(ordered))
    return found


def live_targets(key_result: KeyResult) -> list[KeyResultTarget]:
    """The targets by date with their items, cancelled ones left out."""
    return targets_by_key_result([key_result]).get(key_result.pk, [])


def check_differs(target: KeyResultTarget, value: Decimal | None, due_on: dt.date) -> None:
    """Raises PlanRuleError when nothing would change."""
    if (target.value, target.due_on) == (value, due_on):
        raise PlanRuleError("target.unchanged", "Neither the value nor the date differs.")


def check_moved(
    change: PlanChange,
    key_result: KeyResult,
    rows: Sequence[KeyResultTarget],
    target: KeyResultTarget,
    asked: PlannedTarget,
) -> None:
    """Raises TrajectoryError when the line with the new target would be no trajectory."""
    others = [PlannedTarget(row.due_on, row.value) for row in rows if row.pk != target.pk]
    taken = KeyResultTarget.objects.filter(key_result=key_result, due_on=asked.due_on)
    if taken.exclude(pk=target.pk).exists():
        raise PlanRuleError("target.day_taken", "Another target of this key result has that day.")
    line = Line(
        kind=key_result.kind,
        baseline=key_result.baseline,
        baseline_on=key_result.baseline_on,
        lower_bound=key_result.lower_bound,
        upper_bound=key_result.upper_bound,
    )
    ordered = sorted([*others, asked], key=lambda planned: planned.due_on)
    check_line(change, line, ordered)
