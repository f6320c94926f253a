"""A value typed by somebody: compared with what stands, evaluated, then entered. Never overwritten.

What is evaluated is what will be stored, so a preview cannot differ from the save.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from apps.objectives.models import CheckIn, KeyResult, KeyResultTarget
from apps.objectives.selectors.reporting import Reporting, engine_check_ins, read_reporting
from apps.objectives.services.targets import STORED, key_result_judge
from apps.people.models import User
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.levels import Level
from apps.plans.models import Item, ItemState, LevelChange, Plan
from apps.plans.selectors.network import Reach, read_reach
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.forecasts import FORECAST, forecasts_store
from apps.plans.services.network import Recomputed, network_recompute
from apps.plans.services.settling import reach_settle

COLUMNS = tuple(dict.fromkeys((*STORED, *FORECAST)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedValue:
    """What somebody reports for a date. ``value`` None: no change, the last value is still valid.

    ``seen`` is the id of the newest check-in that was on the screen, 0 for none; None when the
    sender has not looked. ``confidence`` 0 to 10 or None. ``is_same_note``: the last note again.
    """

    for_on: dt.date
    value: Decimal | None
    confidence: int | None = None
    note: str = ""
    seen: int | None = None
    is_same_note: bool = False


class CheckInConflictError(Exception):
    """Somebody entered a value that the sender had not seen. ``standing`` is that row."""

    def __init__(self, standing: CheckIn) -> None:
        self.standing = standing
        super().__init__(f"key result {standing.key_result_id} has a value of {standing.for_on}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A value with everything it leads to; nothing is stored yet.

    ``new`` is the row to be added, or the row that stands when the same was sent twice
    (``is_repeat``). ``met`` are the targets it closes. ``changes`` are the levels it changes.
    """

    reporting: Reporting
    new: CheckIn
    is_repeat: bool
    items: list[Item]
    reach: Reach
    recomputed: Recomputed
    calendar: DayCalendar
    met: list[KeyResultTarget]

    @property
    def leading(self) -> KeyResultTarget | None:
        """The target that alerts after this value, else the last one."""
        targets = self.reporting.targets
        open_ones = (
            target
            for target in targets
            if target.item.state != ItemState.FINISHED and not target.item.is_projection
        )
        return next(open_ones, targets[-1] if targets else None)

    @property
    def level(self) -> Level | None:
        """Level of the leading target; None without a forecast, or once all targets are met."""
        leading = self.leading
        if leading is None or leading.item.state == ItemState.FINISHED or not leading.item.level:
            return None
        return Level(leading.item.level)

    @property
    def others(self) -> list[LevelChange]:
        """Levels of other items that this value changes."""
        own = {item.pk for item in self.items}
        return [change for change in self.recomputed.changes if change.item_id not in own]


def check_in_enter(
    *,
    plan: Plan,
    key_result_id: int,
    by: User,
    reason: str,
    typed: Callable[[KeyResult], TypedValue],
    allow: Callable[[KeyResult], None],
    check: Callable[[Evaluated], None],
    then: Callable[[Evaluated], None],
) -> Evaluated:
    """Record a value, signed. A repeat of the same value by the same person adds nothing.

    ``allow`` may refuse the key result, ``check`` what was evaluated, by raising; ``typed`` reads
    what was typed by the key result's own rules; ``then`` follows within the same transaction.
    Another value for the same date is a correction of it, whose note says why. Raises
    CheckInConflictError, and PlanRuleError "check_in.no_key_result" or
    "check_in.nothing_to_confirm".
    """
    with plan_change(plan=plan, by=by, reason=reason, is_settled_by_caller=True) as change:
        reporting = reporting_of(change.plan, key_result_id)
        # Asked under the lock: the owner, or the end of the objective, may be news by now.
        allow(reporting.key_result)
        said = typed(reporting.key_result)
        evaluated = check_in_evaluate(change=change, reporting=reporting, typed=said, is_saved=True)
        check(evaluated)
        if not evaluated.is_repeat:
            # Stored before what follows: judging a duty may read the row.
            check_in_store(evaluated=evaluated)
            then(evaluated)
    return evaluated


def reporting_of(plan: Plan, key_result_id: int) -> Reporting:
    """The key result to report on. Raises PlanRuleError "check_in.no_key_result"."""
    reporting = read_reporting(plan, key_result_id)
    if reporting is None:
        raise PlanRuleError(
            "check_in.no_key_result", "There is no such key result, or it has no target."
        )
    return reporting


def check_in_evaluate(
    *, change: PlanChange, reporting: Reporting, typed: TypedValue, is_saved: bool = False
) -> Evaluated:
    """What the value leads to. One query, more only where something was due before it.

    ``is_saved``: settle first what is due (the caller holds the plan), and mind conflicts.
    """
    new = new_row(reporting, typed, change.by)
    standing = compare(reporting, new, typed.seen) if is_saved else None
    reach = read_reach([target.item_id for target in reporting.targets])
    if is_saved:
        # What waiting has brought about is recorded before the value takes its cause away.
        reach_settle(plan=change.plan, reach=reach, calendar=change.calendar, today=change.on)
    for target in reporting.targets:
        target.item = reach.items[target.item_id]
    done = {target.pk for target in reporting.targets if target.item.state == ItemState.FINISHED}
    if standing is None and reporting.of_day(new.for_on) is not None:
        forget_met(reporting.targets)
    rows = reporting.with_new(standing or new)
    items = key_result_judge(
        change=change,
        key_result=reporting.key_result,
        targets=reporting.targets,
        check_ins=engine_check_ins(rows, change.calendar),
        latest=reporting.last_with(standing or new),
    )
    recomputed = network_recompute(
        plan=change.plan, calendar=change.calendar, reach=reach, today=change.on
    )
    finished = [t for t in reporting.targets if t.item.state == ItemState.FINISHED]
    return Evaluated(
        reporting=reporting,
        new=standing or new,
        is_repeat=standing is not None,
        items=items,
        reach=reach,
        recomputed=recomputed,
        calendar=change.calendar,
        met=[target for target in finished if target.pk not in done],
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
            "check_in.nothing_to_confirm", "There is no value yet that could still be valid."
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


def compare(reporting: Reporting, new: CheckIn, seen: int | None) -> CheckIn | None:
    """The row that says the same already, if any; else ``new`` corrects what stands for its date.

    Raises CheckInConflictError when the newest value is not the one that was seen.
    """
    standing, newest = reporting.of_day(new.for_on), reporting.newest
    if standing is not None and is_same(standing, new):
        return standing
    unseen = newest if seen is not None else standing
    if unseen is not None and unseen.pk != seen:
        raise CheckInConflictError(unseen)
    if standing is not None:
        new.corrects = standing
    return None


def is_same(standing: CheckIn, new: CheckIn) -> bool:
    """Whether a row was sent before: same value and person, and nothing said that is not there."""
    if standing.value != new.value:
        return False
    if new.is_unchanged and not new.note and new.confidence is None:
        return True
    said = (new.confidence, new.note) == (standing.confidence, standing.note)
    return said and standing.entered_by_id == new.entered_by_id


def check_in_store(*, evaluated: Evaluated) -> None:
    """Write the row, what it makes of the items, and the levels it changes: three statements."""
    evaluated.new.save(force_insert=True)
    stored = {item.pk: item for item in (*evaluated.items, *evaluated.recomputed.items)}
    forecasts_store(list(stored.values()), COLUMNS)
    if evaluated.recomputed.changes:
        LevelChange.objects.bulk_create(evaluated.recomputed.changes)
