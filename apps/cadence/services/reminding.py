"""Who is to be reminded of what: one list for each person, of everything that is due."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.cadence.domain.absences import acting_for
from apps.cadence.domain.duties import DutyState
from apps.cadence.models import Duty
from apps.cadence.selectors.facts import duty_key, read_absences, read_lives
from apps.cadence.selectors.owed import KEY_RESULT, TASK
from apps.cadence.services.judging import duties_judge
from apps.people.models import User
from apps.plans.models import Plan

# A reminder goes out this long before the due moment; what is due within as much again is in it.
NOTICE = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything that one person owes, or answers for as a delegate, the most urgent first."""

    recipient: User
    duties: Sequence[Duty]


def plans_reminding(now: dt.datetime) -> list[int]:
    """Plans in which somebody is to be reminded: one probe of a partial index."""
    waiting = Duty.objects.filter(
        state=DutyState.OPEN,
        reminded_at=None,
        owner__isnull=False,
        due_at__lte=now + NOTICE,
        plan__archived_at=None,
    )
    return sorted(set(waiting.order_by().values_list("plan_id", flat=True)))


def reminders_due(*, plan: Plan, now: dt.datetime) -> list[Reminder]:
    """Lists for the people of whom something is due and of whom nobody was reminded yet.

    What was entered meanwhile is judged first, so that nobody is reminded of what is done. The
    caller holds the plan's row and marks what it has sent with ``duties_mark_reminded``.
    """
    rows = Duty.objects.filter(
        plan=plan,
        state=DutyState.OPEN,
        owner__isnull=False,
        due_at__lte=now + 2 * NOTICE,
        closes_at__gt=now,
    )
    related = rows.select_related("key_result", "task__item", "owner")
    duties = list(related.select_for_update(of=("self",)).order_by("due_at", "id"))
    if not duties:
        return []
    duties_judge(duties=duties, now=now)
    by_person = _by_acting(plan, _still_asked(plan, duties, now), now)
    people = User.objects.filter(is_active=True).in_bulk(by_person)
    return [
        Reminder(people[pk], owed)
        for pk, owed in sorted(by_person.items())
        if pk in people and any(_is_new(duty, now) for duty in owed)
    ]


def _still_asked(plan: Plan, duties: Iterable[Duty], now: dt.datetime) -> list[Duty]:
    """Duties that are open, of items that run."""
    waiting = [duty for duty in duties if duty.state == DutyState.OPEN]
    keys = {duty_key(duty) for duty in waiting}
    lives = read_lives(
        [pk for kind, pk in keys if kind == KEY_RESULT], [pk for kind, pk in keys if kind == TASK]
    )
    running = {key for key, life in lives.items() if life.paused_on is None}
    return [duty for duty in waiting if duty_key(duty) in running]


def _by_acting(plan: Plan, duties: Sequence[Duty], now: dt.datetime) -> dict[int, list[Duty]]:
    """Duties by who acts on the due day, or today when that is past."""
    found: dict[int, list[Duty]] = defaultdict(list)
    if not duties:
        return found
    today = plan.today(now)
    days = [max(duty.due_on, today) for duty in duties]
    absences = read_absences(min(days), max(days))
    for duty, day in zip(duties, days, strict=True):
        acting = acting_for(duty.owner_id or 0, day, absences)
        if acting is not None:
            found[acting].append(duty)
    return found


def _is_new(duty: Duty, now: dt.datetime) -> bool:
    return duty.reminded_at is None and duty.due_at <= now + NOTICE


def duties_mark_reminded(*, duties: Iterable[Duty], now: dt.datetime) -> None:
    """Somebody was reminded of these; the first time counts."""
    fresh = Duty.objects.filter(pk__in=[duty.pk for duty in duties], reminded_at=None)
    fresh.update(reminded_at=now)
