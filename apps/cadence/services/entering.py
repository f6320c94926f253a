"""The one way in for a value: My week, the links of mails, the API, and their previews."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from apps.cadence.domain.duties import DutyState
from apps.cadence.domain.preview import DayProblem, Why, day_problem
from apps.cadence.domain.schedule import ONE_DAY
from apps.cadence.models import Duty
from apps.cadence.permissions import Reported, check_can_report
from apps.cadence.selectors.facts import read_acting
from apps.cadence.selectors.owed import Key, schedule_of
from apps.cadence.services.fulfilling import duties_fulfil
from apps.cadence.services.reportables import REPORTABLES, Reportable, Typed
from apps.objectives.models import KeyResult
from apps.people.models import User
from apps.plans.models import Item, Membership, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.entries import entry_store


class DayRefusedError(Exception):
    """An update that cannot be for its day. ``opens_on``: the first day that is still open."""

    def __init__(self, problem: DayProblem, opens_on: dt.date) -> None:
        self.problem, self.opens_on = problem, opens_on
        super().__init__(problem.value)


class NoteNeededError(Exception):
    """An update that needs a reason in words."""

    def __init__(self, why: tuple[Why, ...]) -> None:
        self.why = why
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


def enter(reporter: Reporter, key: Key, typed: Typed, on: dt.date, reason: str) -> Reportable:
    """Enter what was typed, signed, and what it fulfils. A repeat of the same adds nothing.

    Raises PermissionDenied, DayRefusedError, FieldRefusedError, NoteNeededError,
    EntryConflictError, PlanRuleError.
    """
    plan, by = reporter.plan, reporter.user
    with plan_change(plan=plan, by=by, reason=reason, is_settled_by_caller=True) as change:
        report = evaluate(reporter, change, key, typed, on)
        new = report.done.new
        if report.why and not new.note:
            raise NoteNeededError(report.why)
        if not report.done.is_repeat:
            entry_store(evaluated=report.done)
            # After the row is stored: judging a duty may read it.
            duties_fulfil(key=key, for_on=new.for_on, entered_at=new.entered_at)
    return report


def preview(reporter: Reporter, key: Key, typed: Typed, on: dt.date) -> Reportable:
    """What entering it would lead to: the same way, and nothing is locked or written."""
    plan = reporter.plan
    change = PlanChange(
        plan, plan_calendar(plan), reporter.user, "preview", plan.today(), is_preview=True
    )
    return evaluate(reporter, change, key, typed, on)


def evaluate(
    reporter: Reporter, change: PlanChange, key: Key, typed: Typed, on: dt.date
) -> Reportable:
    """Read, check person and day, read the text, evaluate."""
    kind, pk = key
    report = REPORTABLES[kind](change.plan, pk, on)
    # Asked under the lock: the owner, or the end of the objective, may be news by now.
    check_can_report(reporter.user, reporter.roles, reporter.of(report.owned))
    report.check_takes_values()
    check_day(reporter.plan, on, report)
    report.evaluate(change, typed, on)
    return report


def check_day(plan: Plan, for_on: dt.date, report: Reportable) -> None:
    """Raises DayRefusedError. Asks for open duties only when the day lies before this period."""
    today = plan.today()
    schedule = schedule_of(plan, report.key_result)
    opens_on = schedule.opens_on(schedule.next_due(today - ONE_DAY))
    if plan.start_on <= for_on < opens_on:
        kind, pk = report.key
        owed = Duty.objects.filter(state=DutyState.OPEN, closes_at__gt=timezone.now(), **{kind: pk})
        first = owed.aggregate(first=Min("opens_on"))["first"]
        opens_on = opens_on if first is None else min(first, opens_on)
    problem = day_problem(for_on, today=today, plan_start=plan.start_on, opens_on=opens_on)
    if problem is not None:
        is_before = problem is DayProblem.BEFORE_PLAN
        raise DayRefusedError(problem, plan.start_on if is_before else opens_on)
