"""Writes down what is owed in the period that runs, and takes back what is owed no longer."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from apps.cadence.domain.duties import DutyState
from apps.cadence.domain.schedule import DueDates, due_dates
from apps.cadence.models import Duty, DutyClock
from apps.cadence.selectors.facts import duty_key
from apps.cadence.selectors.owed import (
    KEY_RESULT,
    TASK,
    Key,
    Owed,
    owners_since,
    read_owed,
    working_days,
)
from apps.cadence.services.judging import duties_judge
from apps.plans.engine.calendars import WorkingCalendar
from apps.plans.models import Plan

# Saves fulfil their duties themselves; a round finds what changed in other ways.
ROUND = dt.timedelta(hours=1)
# The longest time between two due days; what lies further back is asked of the history.
LOOK_BACK = dt.timedelta(days=62)
DATES = ("opens_on", "due_at", "closes_at")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a round did to one plan: counts."""

    plan_key: str
    opened: int
    changed: int
    withdrawn: int


@dataclass(slots=True)
class Differences:
    """What has to be written so that the duties are what they should be."""

    new: list[Duty] = field(default_factory=list)
    changed: list[Duty] = field(default_factory=list)
    withdrawn: list[Duty] = field(default_factory=list)


def plans_open(*, now: dt.datetime) -> list[Opened]:
    """A round for each plan whose clock says so: one statement when there is none."""
    waiting = Plan.objects.filter(archived_at=None).filter(
        Q(duty_clock=None) | Q(duty_clock__next_at__lte=now)
    )
    done = [
        duties_open(plan_id=pk, now=now)
        for pk in waiting.order_by("pk").values_list("pk", flat=True)
    ]
    return [one for one in done if one is not None]


def duties_open(*, plan_id: int, now: dt.datetime) -> Opened | None:
    """Bring the duties of one plan up to the period that runs; None when somebody holds the plan.

    Running again changes nothing. What was not looked at for a month is caught up with, each duty
    with its own moments. A handful of statements, however many items.
    """
    with transaction.atomic():
        # SKIP LOCKED: a plan that somebody holds is done in a minute. NO KEY: who writes a row
        # that refers to the plan neither holds this up nor waits for it.
        waiting = Plan.objects.select_for_update(skip_locked=True, no_key=True)
        plan = waiting.filter(pk=plan_id, archived_at=None).first()
        if plan is None:
            return None
        today = plan.today(now)
        rows = Duty.objects.filter(plan=plan).select_for_update()
        standing = list(rows.filter(Q(state=DutyState.OPEN) | Q(due_on__gte=today - LOOK_BACK)))
        # First, because what is decided is neither withdrawn nor handed to another owner.
        duties_judge(duties=[row for row in standing if row.state == DutyState.OPEN], now=now)
        found = differences(plan, read_owed(plan), standing, now)
        Duty.objects.filter(pk__in=[duty.pk for duty in found.withdrawn]).delete()
        Duty.objects.bulk_update(found.changed, ["owner", *DATES], batch_size=500)
        Duty.objects.bulk_create(found.new, ignore_conflicts=True, batch_size=1000)
        judge_new(plan, found.new, now)
        # In the same transaction: after a round that failed, the next minute tries again.
        DutyClock.objects.update_or_create(plan=plan, defaults={"next_at": now + ROUND})
    return Opened(plan.key, len(found.new), len(found.changed), len(found.withdrawn))


def judge_new(plan: Plan, new: Sequence[Duty], now: dt.datetime) -> None:
    """What is opened may be fulfilled, or over, already."""
    if new:
        rows = Duty.objects.filter(plan=plan, state=DutyState.OPEN).select_for_update()
        duties_judge(duties=list(rows.filter(due_on__gte=min(d.due_on for d in new))), now=now)


def differences(
    plan: Plan, items: Sequence[Owed], standing: Sequence[Duty], now: dt.datetime
) -> Differences:
    """Compare what is with what should be (three queries at most)."""
    by_key: dict[Key, list[Duty]] = defaultdict(list)
    for duty in standing:
        by_key[duty_key(duty)].append(duty)
    last = {key: _last_settled(duties, now) for key, duties in by_key.items()}
    fresh = [item for item in items if _is_other_owner(item, last.get(item.key))]
    maker = DutyMaker(plan, now, working_days(plan), owners_since(plan, fresh))
    found = Differences()
    for item in items:
        maker.compare(item, by_key.pop(item.key, []), last.get(item.key), found)
    for duties in by_key.values():
        found.withdrawn += [duty for duty in duties if _is_ahead(duty, now)]
    return found


def _last_settled(duties: Sequence[Duty], now: dt.datetime) -> Duty | None:
    """The last duty that is decided or past its due moment."""
    settled = [duty for duty in duties if not _is_ahead(duty, now)]
    return max(settled, key=lambda duty: duty.due_on, default=None)


def _is_ahead(duty: Duty, now: dt.datetime) -> bool:
    return duty.state == DutyState.OPEN and duty.due_at > now


def _is_other_owner(item: Owed, last: Duty | None) -> bool:
    return last is None or last.owner_id != item.owner_id


@dataclass(frozen=True, slots=True)
class DutyMaker:
    """Says what one item owes; ``since`` is when items got the owner they have."""

    plan: Plan
    now: dt.datetime
    calendar: WorkingCalendar
    since: Mapping[Key, dt.date]

    def compare(
        self, item: Owed, standing: Sequence[Duty], last: Duty | None, found: Differences
    ) -> None:
        """Add what differs for one item."""
        wanted = {dates.due_on: dates for dates in self.wanted(item, last)}
        since = self.since.get(item.key)
        for duty in standing:
            if duty.state != DutyState.OPEN:
                continue
            if _is_ahead(duty, self.now):
                dates = wanted.pop(duty.due_on, None)
                if dates is None:
                    found.withdrawn.append(duty)
                elif _moved(duty, item.owner_id, dates):
                    found.changed.append(duty)
            elif since is not None and since < duty.due_on and duty.owner_id != item.owner_id:
                duty.owner_id = item.owner_id
                found.changed.append(duty)
        found.new += [self.duty(item, dates) for dates in wanted.values()]

    def wanted(self, item: Owed, last: Duty | None) -> list[DueDates]:
        """What is due after the last duty, the item's begin, its resumption, its owner's start."""
        settled_on = None if last is None else last.due_on
        days = (item.begins_on, item.resumed_on, settled_on, self.since.get(item.key))
        dates = due_dates(
            item.schedule,
            after=max(day for day in days if day is not None),
            settled_on=settled_on,
            until=self.plan.today(self.now),
            zone=ZoneInfo(item.zone),
            working_days=self.calendar,
            missed_after=self.plan.missed_after_days,
        )
        return [one for one in dates if item.paused_on is None or one.due_on < item.paused_on]

    def duty(self, item: Owed, dates: DueDates) -> Duty:
        """A new row."""
        kind, pk = item.key
        return Duty(
            plan=self.plan,
            key_result_id=pk if kind == KEY_RESULT else None,
            task_id=pk if kind == TASK else None,
            owner_id=item.owner_id,
            opens_on=dates.opens_on,
            due_on=dates.due_on,
            due_at=dates.due_at,
            closes_at=dates.closes_at,
        )


def _moved(duty: Duty, owner_id: int | None, dates: DueDates) -> bool:
    """Put the duty where it should be (not saved); whether anything changed."""
    before = (duty.owner_id, *(getattr(duty, name) for name in DATES))
    duty.owner_id = owner_id
    for name in DATES:
        setattr(duty, name, getattr(dates, name))
    return before != (duty.owner_id, *(getattr(duty, name) for name in DATES))
