"""What a request does to the targets of its key result: checked, and put in force once approved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise

from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_make
from apps.objectives.domain.target_changes import (
    TARGET_CHANGE,
    TARGETS_MOST,
    ChangeKind,
    DatedTarget,
    Measure,
    TargetChange,
    TargetFacts,
)
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.objectives.selectors.drafts import Line, PlannedTarget, share_problems
from apps.objectives.services.key_results import check_line, target_add, targets_sign
from apps.objectives.services.objectives import check_goes_on
from apps.objectives.services.shares import counted_items, is_counted, shares_count
from apps.objectives.services.targets import key_results_refresh, targets_by_key_result
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange
from apps.plans.services.items import baseline_sign, item_cancel

Starts = dict[int, dt.date | None]


def target_change_request(
    *,
    key_result: KeyResult,
    target: KeyResultTarget | None,
    asked: PlannedTarget | None,
    by: User,
    reason: str,
) -> ChangeRequest:
    """Ask for another value or day of ``target``; without a target, for a further one; without
    ``asked``, to give it up. The same request sent twice by one person is one.

    Raises PlanRuleError ("target. …", "trajectory. …", "day. …", "objective.closed",
    "request.pending").
    """
    kind = ChangeKind.MOVE if target is not None else ChangeKind.ADD
    wish = TargetChange(
        kind=kind if asked is not None else ChangeKind.DROP,
        target_id=None if target is None else target.pk,
        old=None if target is None else dated(target),
        new=None if asked is None else dated(asked),
    )
    return request_make(
        kind=TARGET_CHANGE,
        thing=key_result,
        about=wish.about(key_result.pk),
        payload=wish,
        by=by,
        reason=reason,
    )


def dated(target: KeyResultTarget | PlannedTarget) -> DatedTarget:
    return DatedTarget(value=target.value, due_on=target.due_on)


def target_change_check(change: PlanChange, request: ChangeRequest, wish: TargetChange) -> None:
    """Raises PlanRuleError where a request cannot be put in force as the targets stand."""
    key_result = request.subject.key_result
    check_goes_on(key_result.objective)
    rows = live_targets(key_result)
    if wish.target_id is not None:
        check_stands(wish, rows)
    for problem in wish.problems():
        raise problem
    wanted = [PlannedTarget(row.due_on, row.value) for row in rows if row.pk != wish.target_id]
    if wish.new is not None:
        check_day(key_result, wish, wish.new)
        wanted.append(planned(wish.new))
    check_line(change, Line.of(key_result), sorted(wanted, key=lambda one: one.due_on))
    if is_counted(key_result) and wish.new is not None:
        dues = [item.finish_on for item in counted_items([key_result])[key_result.pk]]
        for unreachable in share_problems(change.calendar, dues, [planned(wish.new)]):
            raise unreachable


def check_stands(wish: TargetChange, rows: Sequence[KeyResultTarget]) -> None:
    """Raises PlanRuleError when the target is met or gone, or not what it was."""
    target = next((row for row in rows if row.pk == wish.target_id), None)
    if target is None or target.item.state == ItemState.FINISHED:
        raise PlanRuleError(
            "target.finished",
            gettext_noop("This target is met or given up already; it stays as it is."),
        )
    if dated(target) != wish.old:
        raise PlanRuleError(
            "target.moved",
            gettext_noop("The target has changed since the request was made; make a new request."),
        )


def check_day(key_result: KeyResult, wish: TargetChange, new: DatedTarget) -> None:
    """Raises PlanRuleError when the day has a target already."""
    same_day = KeyResultTarget.objects.filter(key_result=key_result, due_on=new.due_on)
    for taken in same_day.exclude(pk=wish.target_id).select_related("item"):
        if taken.item.state == ItemState.CANCELLED:
            raise PlanRuleError(
                "target.day_given_up",
                gettext_noop("A target that was given up had that day; choose another one."),
            )
        raise PlanRuleError(
            "target.day_taken", gettext_noop("Another target of this key result has that day.")
        )


def planned(target: DatedTarget) -> PlannedTarget:
    return PlannedTarget(target.due_on, target.value)


def target_change_apply(
    change: PlanChange, request: ChangeRequest, wish: TargetChange
) -> TargetChange:
    """Move, add or give up a target. Each target whose way is another now gets a new baseline."""
    key_result = request.subject.key_result
    rows = live_targets(key_result)
    starts = starts_after(rows)
    if wish.old is None and wish.new is not None:
        added = target_add(change=change, key_result=key_result, target=planned(wish.new))
        wish = replace(wish, target_id=added.pk)
    else:
        move_or_drop(change, next(row for row in rows if row.pk == wish.target_id), wish)
    changed = rebased(live_targets(key_result), wish, starts)
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
    return wish


def move_or_drop(change: PlanChange, target: KeyResultTarget, wish: TargetChange) -> None:
    """Put a target on its new value and day, or take it out of the plan."""
    item = target.item
    if wish.new is None:
        item_cancel(change=change, item=item)
        return
    target.value, target.due_on = wish.new.value, wish.new.due_on
    target.save(update_fields=["value", "due_on"])
    item.finish_on = target.due_on
    item.start_on = min(item.start_on, target.due_on)
    item.save(update_fields=["finish_on", "start_on"])


def rebased(rows: Sequence[KeyResultTarget], wish: TargetChange, starts: Starts) -> list[Item]:
    """The target that moved, and open ones that now follow another day; a new one is at its first
    version already.
    """
    now = starts_after(rows)
    return [
        row.item
        for row in rows
        if row.item.state != ItemState.FINISHED
        and (
            (row.pk == wish.target_id and wish.kind == ChangeKind.MOVE)
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


def targets_looked_at(request: ChangeRequest) -> list[KeyResultTarget]:
    """What a preview shows before and after."""
    return live_targets(request.subject.key_result)


def target_facts(request: ChangeRequest, wish: TargetChange) -> TargetFacts:
    """What a message keeps."""
    key_result = request.subject.key_result
    rows = live_targets(key_result)
    in_force = [dated(row) for row in rows if row.item.state != ItemState.FINISHED]
    return TargetFacts(
        measure=Measure(**{one.name: getattr(key_result, one.name) for one in fields(Measure)}),
        asked=wish,
        in_force=tuple(in_force[:TARGETS_MOST]),
        in_force_more=max(len(in_force) - TARGETS_MOST, 0),
    )
