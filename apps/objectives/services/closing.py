"""The end of an objective: closed with a grade, archived and restored, copied to the next cycle."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from apps.approvals.domain.decisions import Decision
from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_end
from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.key_results import KeyResultData, key_result_add
from apps.objectives.services.keys import KeyTakenError
from apps.objectives.services.objectives import ObjectiveData, check_goes_on, objective_add
from apps.objectives.services.targets import key_results_refresh
from apps.people.models import User
from apps.plans.engine.key_results import KeyResultKind
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.items import item_cancel, item_pause, item_resume


def objective_close(*, objective: Objective, by: User, grade: Decimal, note: str) -> Objective:
    """Close with a grade from 0.0 to 1.0. What was not reached leaves alerts and network; requests
    that wait for a decision end with the closing note.

    Raises PlanRuleError "objective.closed" when it is closed or archived already.
    """
    with plan_change(plan=objective.plan, by=by, reason=note[:500]) as change:
        locked = Objective.objects.select_for_update().get(pk=objective.pk)
        check_goes_on(locked)
        locked.closed_on, locked.grade, locked.closing_note = change.on, grade, note
        locked.save()
        for item in items_of(locked, ItemState.OPEN, ItemState.PAUSED):
            item_cancel(change=change, item=item)
        waiting = ChangeRequest.objects.filter(
            subject__key_result__objective=locked, decision=Decision.PENDING
        )
        for request in waiting.select_for_update(of=("self",)):
            request_end(request=request, decision=Decision.REJECTED, by=by, note=note)
    return locked


def objective_archive(*, objective: Objective, by: User, reason: str) -> None:
    """Out of the lists, its open targets paused; everything is kept. Twice changes nothing."""
    with plan_change(plan=objective.plan, by=by, reason=reason) as change:
        locked = Objective.objects.select_for_update().get(pk=objective.pk)
        if locked.archived_at is not None:
            return
        locked.archived_at = timezone.now()
        locked.save(update_fields=["archived_at"])
        for item in items_of(locked, ItemState.OPEN):
            item_pause(change=change, item=item)
        refresh(change, locked)


def objective_restore(*, objective: Objective, by: User, reason: str) -> None:
    """Back into the lists; the targets that archiving paused go on. Twice changes nothing."""
    with plan_change(plan=objective.plan, by=by, reason=reason) as change:
        locked = Objective.objects.select_for_update().get(pk=objective.pk)
        if locked.archived_at is None:
            return
        since = change.plan.today(locked.archived_at)
        locked.archived_at = None
        locked.save(update_fields=["archived_at"])
        for item in items_of(locked, ItemState.PAUSED):
            if item.paused_on is not None and item.paused_on >= since:
                item_resume(change=change, item=item)
        refresh(change, locked)


@dataclass(frozen=True, slots=True)
class CopiedKeyResult:
    """A key result that comes along, and the value its only target asks for (None for bounds)."""

    key_result: KeyResult
    value: Decimal | None


def objective_copy(
    *,
    objective: Objective,
    by: User,
    data: ObjectiveData,
    due_on: dt.date,
    members: Sequence[CopiedKeyResult],
    starts_from_last: bool,
    key: str = "",
) -> Objective:
    """A new objective for the next cycle with the chosen key results, each due on one day.

    ``starts_from_last``: the last reported value becomes the baseline; else it is the old one.
    Raises TrajectoryError when a target does not fit its baseline, and KeyTakenError when the copy
    was given a key.
    """
    reason = f"copied from {objective.key}"
    with plan_change(plan=objective.plan, by=by, reason=reason) as change:
        asked = [
            (
                next_data(member.key_result, change.on, starts_from_last),
                PlannedTarget(due_on, member.value),
            )
            for member in members
        ]
        try:
            copy = objective_add(change=change, data=data, copied_from=objective, key=key)
        except KeyTakenError as taken:
            is_same = taken.is_same and has_members(taken.standing, asked)
            raise KeyTakenError(taken.standing, is_same=is_same) from None
        for next_one, target in asked:
            key_result_add(change=change, objective=copy, data=next_one, targets=[target])
    return copy


def has_members(
    copy: Objective | KeyResult, asked: Sequence[tuple[KeyResultData, PlannedTarget]]
) -> bool:
    """Whether the key results of a copy are these; the day of the copy itself does not count."""
    rows = KeyResult.objects.filter(objective=copy.pk).order_by("position")
    standing = [
        (KeyResultData.of(row), first_target(row))
        for row in rows.select_related("owner", "team").prefetch_related("targets")
    ]
    return [(dayless(data), target) for data, target in standing] == [
        (dayless(data), target) for data, target in asked
    ]


def dayless(data: KeyResultData) -> KeyResultData:
    """Without the day of its baseline."""
    return replace(data, baseline_on=None)


def first_target(key_result: KeyResult) -> PlannedTarget:
    """The one target of a copied key result, as it was agreed first."""
    row = key_result.targets.all()[0]
    return PlannedTarget(row.first_due_on, row.first_value)


def next_data(key_result: KeyResult, on: dt.date, starts_from_last: bool) -> KeyResultData:
    """What a key result is in the next cycle; a line starts on the day of the copy, a share counts
    the milestones that are still open.
    """
    data = KeyResultData.of(key_result)
    is_open = tuple(item for item in data.milestones if item.state != ItemState.FINISHED)
    data = replace(data, milestones=is_open or data.milestones)
    if not KeyResultKind(key_result.kind).is_path:
        return data
    last = CheckIn.objects.filter(key_result=key_result).newest().first()
    baseline = last.value if last is not None and starts_from_last else data.baseline
    return replace(data, baseline=baseline, baseline_on=None if baseline is None else on)


def items_of(objective: Objective, *states: ItemState) -> list[Item]:
    """The items of its targets in these states."""
    items = Item.objects.filter(target__key_result__objective=objective, state__in=states)
    return list(items.order_by("id"))


def refresh(change: PlanChange, objective: Objective) -> None:
    """Judge its key results anew."""
    key_results_refresh(change=change, key_results=list(objective.key_results.all()))
