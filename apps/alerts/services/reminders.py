"""Writes reminders to the outbox: one message a person and day, of everything that is due."""

import datetime as dt

from django.db import transaction

from apps.alerts.models import Channel, Notification, Topic
from apps.alerts.selectors.reminders import reminder_facts
from apps.alerts.services.outbox import message
from apps.cadence.services.reminding import (
    duties_mark_reminded,
    plans_reminding,
    reminders_due,
)
from apps.plans.models import Plan


def reminders_write(*, now: dt.datetime) -> int:
    """Write every reminder that is due; returns how many. With none it costs one statement."""
    return sum(plan_remind(plan_id=pk, now=now) for pk in plans_reminding(now))


def plan_remind(*, plan_id: int, now: dt.datetime) -> int:
    """The reminders of one plan, in one transaction; none while somebody else holds the plan.

    Who was reminded today already hears of the rest tomorrow.
    """
    with transaction.atomic():
        waiting = Plan.objects.select_for_update(skip_locked=True, no_key=True)
        plan = waiting.filter(pk=plan_id, archived_at=None).first()
        if plan is None:
            return 0
        step = f"reminder:{plan.today(now).isoformat()}"
        told = set(
            Notification.objects.filter(
                plan=plan, topic=Topic.REMINDER, step=step, channel=Channel.EMAIL
            ).values_list("recipient_id", flat=True)
        )
        due = reminders_due(plan=plan, now=now)
        reminders = [one for one in due if one.recipient.pk not in told]
        facts = reminder_facts(plan, reminders)
        Notification.objects.bulk_create(
            [
                message(
                    plan=plan,
                    topic=Topic.REMINDER,
                    step=step,
                    to=reminder.recipient,
                    facts=said,
                    now=now,
                )
                for reminder, said in zip(reminders, facts, strict=True)
            ]
        )
        duties_mark_reminded(duties=[duty for one in reminders for duty in one.duties], now=now)
    return len(reminders)
