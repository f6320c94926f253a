"""Reminds people: one message a person and day, of everything that is due."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from apps.cadence.domain.absences import acting_for
from apps.cadence.domain.duties import DutyState
from apps.cadence.domain.reminding import REMINDER, Reminder
from apps.cadence.models import Duty
from apps.cadence.selectors.facts import duty_key, read_absences, read_facts, read_lives
from apps.cadence.selectors.owed import KEY_RESULT, TASK
from apps.cadence.selectors.reminders import Owing, reminder_payloads
from apps.cadence.services.judging import apply_verdict, duties_judge
from apps.outbox.kinds import Waiting
from apps.outbox.models import Channel, Notification
from apps.outbox.services import Message, messages_write, nudge_sender
from apps.people.models import User
from apps.plans.models import Membership, Plan

# A reminder goes out this long before the due moment; what is due within as much again is in it.
NOTICE = dt.timedelta(hours=24)


def reminders_write(*, now: dt.datetime) -> int:
    """Write every reminder that is due; returns how many. With none it costs one statement."""
    return sum(plan_remind(plan_id=pk, now=now) for pk in plans_reminding(now))


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


def plan_remind(*, plan_id: int, now: dt.datetime) -> int:
    """The reminders of one plan, in one transaction; none while somebody else holds the plan.

    Who was reminded today already hears of the rest tomorrow.
    """
    with transaction.atomic():
        # SKIP LOCKED: a plan that somebody holds is done in a minute. NO KEY: who writes a row
        # that refers to the plan neither holds this up nor waits for it.
        waiting = Plan.objects.select_for_update(skip_locked=True, no_key=True)
        plan = waiting.filter(pk=plan_id, archived_at=None).first()
        if plan is None:
            return 0
        step = f"reminder:{plan.today(now).isoformat()}"
        today = Notification.objects.filter(plan=plan, thread="", step=step, channel=Channel.EMAIL)
        reminded = set(today.values_list("recipient_id", flat=True))
        owing = [one for one in reminders_due(plan=plan, now=now) if one.person.pk not in reminded]
        messages = [
            Message(kind=REMINDER, plan=plan, step=step, to=one.person, payload=payload)
            for one, payload in zip(owing, reminder_payloads(plan, owing, now), strict=True)
        ]
        if messages_write(messages=messages, now=now):
            nudge_sender()
        # With the messages or not at all: marked without one, nobody would be reminded any more.
        duties_mark_reminded(duties=[duty for one in owing for duty in one.duties], now=now)
    return len(owing)


def reminders_due(*, plan: Plan, now: dt.datetime) -> list[Owing]:
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
    by_person: dict[int, list[Duty]] = defaultdict(list)
    for duty, acting in acting_now(still_asked(duties), {plan.pk: plan.today(now)}):
        by_person[acting].append(duty)
    people = User.objects.filter(is_active=True).in_bulk(by_person)
    return [
        Owing(people[pk], owed)
        for pk, owed in sorted(by_person.items())
        if pk in people and any(_is_new(duty, now) for duty in owed)
    ]


def still_asked(duties: Iterable[Duty]) -> list[Duty]:
    """Duties that are open, of items that run."""
    waiting = [duty for duty in duties if duty.state == DutyState.OPEN]
    keys = {duty_key(duty) for duty in waiting}
    lives = read_lives(
        [pk for kind, pk in keys if kind == KEY_RESULT], [pk for kind, pk in keys if kind == TASK]
    )
    running = {key for key, life in lives.items() if life.paused_on is None}
    return [duty for duty in waiting if duty_key(duty) in running]


def acting_now(duties: Sequence[Duty], todays: Mapping[int, dt.date]) -> list[tuple[Duty, int]]:
    """Duties with who acts on the due day, or today (by plan) when that is past (one query)."""
    if not duties:
        return []
    days = [max(duty.due_on, todays[duty.plan_id]) for duty in duties]
    absences = read_absences(min(days), max(days))
    found = [
        (duty, acting_for(duty.owner_id or 0, day, absences))
        for duty, day in zip(duties, days, strict=True)
    ]
    return [(duty, acting) for duty, acting in found if acting is not None]


def reminders_concerned(waiting: Sequence[Waiting[Reminder]]) -> Mapping[int, Reminder]:
    """Duties that are still due, of members of the plan, and for which the reader still acts.

    What was entered meanwhile is judged, but not written. Ten queries at most, however many.
    """
    now = timezone.now()
    plans = {one.row.plan.pk: one.row.plan for one in waiting if one.row.plan is not None}
    todays = {pk: plan.today(now) for pk, plan in plans.items()}
    ids = {pk for one in waiting for pk in one.payload.ids}
    rows = Duty.objects.filter(pk__in=ids, plan__in=todays, state=DutyState.OPEN)
    duties = list(rows.filter(owner__isnull=False, closes_at__gt=now).order_by("due_on", "id"))
    if not duties:
        return {}
    facts = read_facts(duties)
    used = dict(facts.used_until)
    for duty in duties:
        verdict = apply_verdict(duty, facts, used.get(duty_key(duty)), now)
        if verdict.fulfilled_at is not None:
            used[duty_key(duty)] = verdict.fulfilled_at
    members = set(Membership.objects.filter(plan__in=todays).values_list("plan_id", "user_id"))
    asked: dict[tuple[int | None, int], set[int]] = defaultdict(set)
    for duty, acting in acting_now(still_asked(duties), todays):
        if (duty.plan_id, duty.owner_id) in members:
            asked[duty.plan_id, acting].add(duty.pk)
    found = (
        (one.row.pk, one.payload.kept(asked[one.row.plan_id, one.row.recipient_id]))
        for one in waiting
    )
    return {pk: left for pk, left in found if left is not None}


def _is_new(duty: Duty, now: dt.datetime) -> bool:
    return duty.reminded_at is None and duty.due_at <= now + NOTICE


def duties_mark_reminded(*, duties: Iterable[Duty], now: dt.datetime) -> None:
    """Somebody was reminded of these; the first time counts."""
    fresh = Duty.objects.filter(pk__in=[duty.pk for duty in duties], reminded_at=None)
    fresh.update(reminded_at=now)
