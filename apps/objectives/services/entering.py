"""A value for a key result, in steps: read, compare with what stands, evaluate, store.

Never overwritten: another value for the same date is a new row that corrects it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.objectives.permissions import check_is_open
from apps.objectives.selectors.reporting import Reporting, engine_check_ins, read_reporting
from apps.objectives.services.shares import is_counted
from apps.objectives.services.targets import STORED, key_result_judge
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import ItemState, Plan
from apps.plans.services.change import PlanChange
from apps.plans.services.entries import (
    EntryConflictError,
    EvaluatedEntry,
    TypedEntry,
    entry_reach,
)
from apps.plans.services.network import network_recompute


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedValue(TypedEntry):
    """``value`` None: no change, the last value is still valid. ``confidence`` 0 to 10 or None."""

    value: Decimal | None
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated(EvaluatedEntry[CheckIn]):
    """``met`` are the targets that the value closes."""

    reporting: Reporting
    met: list[KeyResultTarget]


def reporting_of(plan: Plan, key_result_id: int) -> Reporting:
    """The key result to report on. Raises PlanRuleError "check_in.no_key_result"."""
    reporting = read_reporting(plan, key_result_id)
    if reporting is None or not reporting.targets:
        raise PlanRuleError(
            "check_in.no_key_result", gettext_noop("This key result is no longer there.")
        )
    return reporting


def check_takes_values(key_result: KeyResult) -> None:
    """Raises PermissionDenied when it is closed, PlanRuleError "check_in.is_counted"."""
    check_is_open(key_result.objective)
    if is_counted(key_result):
        raise PlanRuleError(
            "check_in.is_counted",
            gettext_noop("This value is counted from milestones; nobody types it."),
        )


def check_in_evaluate(*, change: PlanChange, reporting: Reporting, typed: TypedValue) -> Evaluated:
    """What the value leads to. One query, more only where something was due before it.

    Raises PlanRuleError "check_in.nothing_to_confirm"; where it is no preview, EntryConflictError.
    """
    targets, of_day = reporting.targets, reporting.of_day(typed.for_on)
    new = new_row(reporting, typed, change.by)
    if of_day is not None and is_same(of_day, new):
        new = of_day
    elif not change.is_preview:
        refuse_unseen(reporting, of_day, typed.seen)
    reach = entry_reach(change=change, item_ids=[target.item_id for target in targets])
    for target in targets:
        target.item = reach.items[target.item_id]
    done = {target.pk for target in targets if target.item.state == ItemState.FINISHED}
    if of_day is not None and new is not of_day:
        new.corrects = of_day
        forget_met(targets)
    items = key_result_judge(
        change=change,
        key_result=reporting.key_result,
        targets=targets,
        check_ins=engine_check_ins(reporting.with_new(new), change.calendar),
        latest=reporting.last_with(new),
    )
    alerting = (x for x in items if x.state != ItemState.FINISHED and not x.is_projection)
    return Evaluated(
        reporting=reporting,
        new=new,
        standing=of_day,
        is_repeat=new is of_day,
        items=items,
        columns=STORED,
        leading=next(alerting, items[-1] if items else None),
        recomputed=network_recompute(
            plan=change.plan, calendar=change.calendar, reach=reach, today=change.on
        ),
        calendar=change.calendar,
        met=[x for x in targets if x.item.state == ItemState.FINISHED and x.pk not in done],
    )


def forget_met(targets: Iterable[KeyResultTarget]) -> None:
    """Before a correction: what the wrong value had met is judged anew (not saved)."""
    for target in targets:
        if target.item.state == ItemState.FINISHED:
            target.item.state, target.item.finished_on = ItemState.OPEN, None


def new_row(reporting: Reporting, typed: TypedValue, by: User) -> CheckIn:
    """The row that the typed value would become; a confirmed one repeats the last value."""
    is_unchanged = typed.value is None
    last = reporting.of_day(typed.for_on) or reporting.before(typed.for_on)
    value = typed.value if last is None or typed.value is not None else last.value
    if value is None:
        raise PlanRuleError(
            "check_in.nothing_to_confirm",
            gettext_noop("There is no value yet that could still be valid. Type the first one."),
        )
    return CheckIn(
        key_result=reporting.key_result,
        for_on=typed.for_on,
        value=value,
        confidence=typed.confidence,
        note=reporting.last_note if typed.is_same_note else typed.note,
        is_unchanged=is_unchanged,
        entered_by=by,
        entered_at=timezone.now(),
    )


def refuse_unseen(reporting: Reporting, of_day: CheckIn | None, seen: int | None) -> None:
    """Raises EntryConflictError when the newest value is not the one that was seen."""
    unseen = reporting.newest if seen is not None else of_day
    if unseen is not None and unseen.pk != seen:
        raise EntryConflictError(unseen)


def is_same(standing: CheckIn, new: CheckIn) -> bool:
    """Whether a row was sent before: same value and person, and nothing said that is not there."""
    if standing.value != new.value:
        return False
    if new.is_unchanged and not new.note and new.confidence is None:
        return True
    said = (new.confidence, new.note) == (standing.confidence, standing.note)
    return said and standing.entered_by_id == new.entered_by_id
