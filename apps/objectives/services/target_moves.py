"""What an approved request does to the targets of its key result, within a change of the plan."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from apps.objectives.models import ChangeKind, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.selectors.drafts import Line, PlannedTarget, share_problems
from apps.objectives.services.key_results import check_line, target_add, targets_sign
from apps.objectives.services.objectives import check_goes_on
from apps.objectives.services.shares import counted_items, is_counted, shares_count
from apps.objectives.services.targets import key_results_refresh, targets_by_key_result
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange
from apps.plans.services.items import baseline_sign, item_cancel

Starts = dict[int, dt.date | None]


def targets_change(*, change: PlanChange, request: TargetChange) -> None:
    """Move, add or give up a target. Each target whose way is another now gets a new baseline.

    Raises PlanRuleError when the target has changed since the request was made, or when the
    targets would make no trajectory.
    """
    key_result = request.key_result
    rows = live_targets(key_result)
    check_unmoved(request, rows)
    check_change(change=change, request=request, rows=rows)
    starts = starts_after(rows)
    if request.kind == ChangeKind.ADD:
        request.target = target_add(change=change, key_result=key_result, target=asked(request))
    else:
        target = next(row for row in rows if row.pk == request.target_id)
        move_or_drop(change, target, request)
    changed = rebased(live_targets(key_result), request, starts)
    for item in changed:
        # Raised before the judgement, which sets the first duration too while the version is 1.
        item.baseline_version += 1
        item.save(update_fields=["baseline_version"])
    if is_counted(key_result):
        shares_count(change=change, key_results=[key_result], since=change.on)
    else:
        key_results_refresh(change=change, key_results=[key_result])
    # Read again and signed after the judgement, because that sets the days that are signed.
    for item in Item.objects.filter(pk__in=[item.pk for item in changed]):
        baseline_sign(change=change, item=item)
    targets_sign(change=change, key_results=[key_result])


def move_or_drop(change: PlanChange, target: KeyResultTarget, request: TargetChange) -> None:
    """Put a target on its new value and day, or take it out of the plan."""
    item = target.item
    if request.kind == ChangeKind.DROP:
        item_cancel(change=change, item=item)
        return
    target.value, target.due_on = asked(request).value, asked(request).due_on
    target.save(update_fields=["value", "due_on"])
    item.finish_on = target.due_on
    item.start_on = min(item.start_on, target.due_on)
    item.save(update_fields=["finish_on", "start_on"])


def asked(request: TargetChange) -> PlannedTarget:
    assert request.new_due_on is not None  # noqa: S101 - a constraint of the table
    return PlannedTarget(request.new_due_on, request.new_value)


def rebased(rows: Sequence[KeyResultTarget], request: TargetChange, starts: Starts) -> list[Item]:
    """The target that moved, and open ones that now follow another day; a new one is at its first
    version already.
    """
    now = starts_after(rows)
    return [
        row.item
        for row in rows
        if row.item.state != ItemState.FINISHED
        and (
            (row.pk == request.target_id and request.kind == ChangeKind.MOVE)
            or (row.pk in starts and now[row.pk] != starts[row.pk])
        )
    ]


def starts_after(rows: Sequence[KeyResultTarget]) -> Starts:
    """The day of the target before each one; None for the first."""
    ordered = sorted(rows, key=lambda row: row.due_on)
    found: Starts = {row.pk: None for row in ordered[:1]}
    found.update((row.pk, before.due_on) for before, row in pairwise(ordered))
    return found


def live_targets(key_result: KeyResult) -> list[KeyResultTarget]:
    """The targets by date with their items, cancelled ones left out."""
    return targets_by_key_result([key_result]).get(key_result.pk, [])


def check_unmoved(request: TargetChange, rows: Sequence[KeyResultTarget]) -> None:
    """Raises PlanRuleError when the target is not what it was when the request was made."""
    if request.target_id is None:
        return
    before = (request.old_value, request.old_due_on)
    target = next((row for row in rows if row.pk == request.target_id), None)
    if target is None or (target.value, target.due_on) != before:
        raise PlanRuleError(
            "target.moved",
            gettext_noop("The target has changed since the request was made; make a new request."),
        )


def check_change(
    *, change: PlanChange, request: TargetChange, rows: Sequence[KeyResultTarget]
) -> None:
    """Raises PlanRuleError where a request cannot be put in force as the targets stand."""
    check_goes_on(request.key_result.objective)
    if request.target_id is not None:
        standing = next((row for row in rows if row.pk == request.target_id), None)
        if standing is None or standing.item.state == ItemState.FINISHED:
            raise PlanRuleError(
                "target.finished",
                gettext_noop("This target is met or given up already; it stays as it is."),
            )
    wanted = [PlannedTarget(row.due_on, row.value) for row in rows if row.pk != request.target_id]
    if request.kind != ChangeKind.DROP:
        check_asked(request)
        wanted.append(asked(request))
    ordered = sorted(wanted, key=lambda planned: planned.due_on)
    check_line(change, Line.of(request.key_result), ordered)
    if is_counted(request.key_result) and request.kind != ChangeKind.DROP:
        items = counted_items([request.key_result])[request.key_result_id]
        dues = [item.finish_on for item in items]
        for problem in share_problems(change.calendar, dues, [asked(request)]):
            raise problem


def check_asked(request: TargetChange) -> None:
    """Raises PlanRuleError when nothing would change, or when the day has a target already."""
    old = (request.old_value, request.old_due_on)
    if request.kind == ChangeKind.MOVE and old == (request.new_value, request.new_due_on):
        raise PlanRuleError(
            "target.unchanged",
            gettext_noop("Neither the value nor the date differs from the target in force."),
        )
    same_day = KeyResultTarget.objects.filter(
        key_result=request.key_result, due_on=asked(request).due_on
    ).exclude(pk=request.target_id)
    for taken in same_day.select_related("item"):
        if taken.item.state == ItemState.CANCELLED:
            raise PlanRuleError(
                "target.day_given_up",
                gettext_noop("A target that was given up had that day; choose another one."),
            )
        raise PlanRuleError(
            "target.day_taken", gettext_noop("Another target of this key result has that day.")
        )
