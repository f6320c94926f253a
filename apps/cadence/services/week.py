"""One row of "My week": evaluated for the preview, or entered. Both go the same way."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from apps.cadence.domain.duties import DutyState
from apps.cadence.domain.preview import DayProblem, Why, day_problem, is_worse, reasons
from apps.cadence.domain.schedule import ONE_DAY
from apps.cadence.models import Duty
from apps.cadence.permissions import Reported, check_can_report
from apps.cadence.selectors.facts import read_acting
from apps.cadence.selectors.owed import KEY_RESULT, TASK, Key, schedule_of
from apps.cadence.services.fulfilling import duties_fulfil
from apps.milestones.models import Task
from apps.milestones.services.reporting import (
    EvaluatedReport,
    TypedDaysLeft,
    read_task,
    report_evaluate,
    task_report_enter,
)
from apps.objectives.models import KeyResult, KeyResultKind
from apps.objectives.permissions import check_is_open
from apps.objectives.services.entering import (
    Evaluated,
    TypedValue,
    check_in_enter,
    check_in_evaluate,
    is_same,
    reporting_of,
)
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.engine.key_results import DatedTarget
from apps.plans.models import Item, Membership, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services.change import PlanChange


class DayRefusedError(Exception):
    """An update that cannot be for its day. ``opens_on``: the first day that is still open."""

    def __init__(self, problem: DayProblem, opens_on: dt.date) -> None:
        self.problem, self.opens_on = problem, opens_on
        super().__init__(problem.value)


class NoteNeededError(Exception):
    """An update that needs a reason in words. ``delay_days`` after it, where it is late."""

    def __init__(self, why: tuple[Why, ...], delay_days: int | None = None) -> None:
        self.why, self.delay_days = why, delay_days
        super().__init__(", ".join(why))


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports on a plan, with their roles in it.

    ``days``: whoever acts for an absent owner on any of them may report; today unless said.
    """

    plan: Plan
    user: User
    roles: Sequence[Membership]
    days: Sequence[dt.date] = ()

    def of(self, thing: KeyResult | Item) -> Reported:
        days = self.days or [self.plan.today()]
        return Reported(
            thing.owner_id, thing.team_id, acting=lambda: read_acting(thing.owner_id, days)
        )

    def change(self) -> PlanChange:
        """A change that is only thought through: nothing locks or stores it."""
        plan = self.plan
        return PlanChange(plan, plan_calendar(plan), self.user, "preview", plan.today())


def key_result_preview(
    reporter: Reporter, pk: int, for_on: dt.date, typed: Callable[[KeyResult], TypedValue]
) -> Evaluated:
    """What the value would lead to; nothing is written."""
    reporting = reporting_of(reporter.plan, pk)
    key_result_allow(reporter, reporting.key_result, for_on)
    said = typed(reporting.key_result)
    evaluated = check_in_evaluate(change=reporter.change(), reporting=reporting, typed=said)
    standing = reporting.of_day(for_on)
    if standing is not None and not is_same(standing, evaluated.new):
        evaluated.new.corrects = standing
    return evaluated


def key_result_save(
    reporter: Reporter,
    pk: int,
    for_on: dt.date,
    typed: Callable[[KeyResult], TypedValue],
    reason: str,
) -> Evaluated:
    """Enter the value, signed, and what it fulfils. ``typed`` reads it by the key result's rules.

    Raises PermissionDenied, DayRefusedError, NoteNeededError, CheckInConflictError, PlanRuleError.
    """

    def check(evaluated: Evaluated) -> None:
        why = () if evaluated.is_repeat else key_result_reasons(evaluated)
        if why and not evaluated.new.note:
            raise NoteNeededError(why)

    return check_in_enter(
        plan=reporter.plan,
        key_result_id=pk,
        by=reporter.user,
        reason=reason,
        typed=typed,
        allow=lambda key_result: key_result_allow(reporter, key_result, for_on),
        check=check,
        then=lambda done: fulfil((KEY_RESULT, pk), done.new.for_on, done.new.entered_at),
    )


def key_result_allow(reporter: Reporter, key_result: KeyResult, for_on: dt.date) -> None:
    """Whether this person may report on it, for that day."""
    check_can_report(reporter.user, reporter.roles, reporter.of(key_result))
    check_is_open(key_result.objective)
    if key_result.kind == KeyResultKind.MILESTONES:
        raise PlanRuleError("check_in.is_counted", "This value is counted, nobody types it.")
    check_day(reporter.plan, for_on, (KEY_RESULT, key_result.pk), key_result)


def key_result_reasons(evaluated: Evaluated) -> tuple[Why, ...]:
    """Why the value needs a note."""
    key_result, new = evaluated.reporting.key_result, evaluated.new
    bounds = DatedTarget(0, low=key_result.lower_bound, high=key_result.upper_bound)
    before = evaluated.reporting.before(new.for_on)
    old = None if before is None else before.value
    worse = is_worse(KeyResultKind(key_result.kind), bounds, old, new.value)
    return reasons(level=evaluated.level, worse=worse, is_correction=new.corrects is not None)


def task_preview(reporter: Reporter, pk: int, typed: TypedDaysLeft) -> EvaluatedReport:
    """What the report would lead to; nothing is written."""
    task = read_task(reporter.plan, pk, typed.for_on)
    task_allow(reporter, task, typed.for_on)
    return report_evaluate(change=reporter.change(), task=task, typed=typed)


def task_save(reporter: Reporter, pk: int, typed: TypedDaysLeft, reason: str) -> EvaluatedReport:
    """Enter the days left, signed, and what they fulfil.

    Raises PermissionDenied, DayRefusedError, NoteNeededError, TaskReportConflictError,
    PlanRuleError.
    """

    def check(evaluated: EvaluatedReport) -> None:
        why = () if evaluated.is_repeat else task_reasons(evaluated)
        if why and not evaluated.new.note:
            raise NoteNeededError(why)

    return task_report_enter(
        plan=reporter.plan,
        task_id=pk,
        by=reporter.user,
        reason=reason,
        typed=typed,
        allow=lambda task: task_allow(reporter, task, typed.for_on),
        check=check,
        then=lambda done: fulfil((TASK, pk), done.new.for_on, done.new.entered_at),
    )


def task_allow(reporter: Reporter, task: Task, for_on: dt.date) -> None:
    """Whether this person may report on it, for that day."""
    check_can_report(reporter.user, reporter.roles, reporter.of(task.item))
    check_day(reporter.plan, for_on, (TASK, task.pk))


def task_reasons(evaluated: EvaluatedReport) -> tuple[Why, ...]:
    """Why the report needs a note; what waits for something unfinished has its reason there."""
    is_correction = evaluated.standing is not None
    if evaluated.is_not_begun and evaluated.waits_for is not None:
        return reasons(level=None, worse=False, is_correction=is_correction)
    return reasons(
        level=evaluated.level, worse=evaluated.slip_days > 0, is_correction=is_correction
    )


def check_day(plan: Plan, for_on: dt.date, key: Key, key_result: KeyResult | None = None) -> None:
    """Raises DayRefusedError. Asks for open duties only when the day lies before this period."""
    today = plan.today()
    schedule = schedule_of(plan, key_result)
    opens_on = schedule.opens_on(schedule.next_due(today - ONE_DAY))
    if plan.start_on <= for_on < opens_on:
        kind, pk = key
        owed = (
            Duty.objects.filter(key_result=pk)
            if kind == KEY_RESULT
            else Duty.objects.filter(task=pk)
        )
        owed = owed.filter(state=DutyState.OPEN, closes_at__gt=timezone.now())
        first = owed.aggregate(first=Min("opens_on"))["first"]
        opens_on = opens_on if first is None else min(first, opens_on)
    problem = day_problem(for_on, today=today, plan_start=plan.start_on, opens_on=opens_on)
    if problem is not None:
        is_before = problem is DayProblem.BEFORE_PLAN
        raise DayRefusedError(problem, plan.start_on if is_before else opens_on)


def fulfil(key: Key, for_on: dt.date, entered_at: dt.datetime) -> None:
    """What was owed is done, in the transaction that enters it."""
    duties_fulfil(key=key, for_on=for_on, entered_at=entered_at)
