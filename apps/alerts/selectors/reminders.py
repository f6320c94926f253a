"""What a reminder says: everything that a person owes, as plain data, and that in words.

The facts are frozen when the message is written. The signed links are not among them: they are
made when the mail is handed to the server, so that nobody who reads the outbox gets them.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alerts.models import Notification
from apps.cadence.models import Duty
from apps.cadence.selectors.tokens import make_token
from apps.cadence.services.reminding import Reminder
from apps.core.ui.formats import format_date, format_moment, format_number
from apps.objectives.models import CheckIn
from apps.objectives.presentation.standings import sign_of
from apps.plans.addresses import item_path, plan_path
from apps.plans.models import Plan

LINES_MOST = 60
Facts = dict[str, Any]


def reminder_facts(plan: Plan, reminders: Sequence[Reminder]) -> list[Facts]:
    """The facts of each reminder's message (one query for all)."""
    duties = [duty for reminder in reminders for duty in reminder.duties]
    ids = [duty.key_result_id for duty in duties if duty.key_result_id is not None]
    newest = {row.key_result_id: row for row in CheckIn.objects.filter(key_result__in=ids).newest()}
    return [
        {
            "plan": {"key": plan.key, "name": plan.name},
            "duties": [
                _duty_facts(plan, duty, newest, reminder) for duty in reminder.duties[:LINES_MOST]
            ],
            "more": max(len(reminder.duties) - LINES_MOST, 0),
        }
        for reminder in reminders
    ]


def _duty_facts(plan: Plan, duty: Duty, newest: dict[int, CheckIn], reminder: Reminder) -> Facts:
    is_own = duty.owner_id == reminder.recipient.pk
    return {
        "id": duty.pk,
        "due_at": duty.due_at.isoformat(),
        "closes_at": duty.closes_at.isoformat(),
        "for": None if is_own or duty.owner is None else str(duty.owner),
        **_item_facts(plan, duty, newest),
    }


def _item_facts(plan: Plan, duty: Duty, newest: dict[int, CheckIn]) -> Facts:
    """Name, page and what was reported last."""
    if duty.key_result is not None:
        last = newest.get(duty.key_result.pk)
        return {
            "kind": "key_result",
            "name": duty.key_result.name,
            "unit": duty.key_result.unit,
            "path": f"{plan_path(plan.key)}key-results/{duty.key_result.key}/",
            "last_on": None if last is None else last.for_on.isoformat(),
            "last": None if last is None else str(last.value),
        }
    assert duty.task is not None  # noqa: S101 - one of the two, says the database
    item = duty.task.item
    return {
        "kind": "task",
        "name": item.name,
        "unit": "",
        "path": item_path(plan.key, item.kind, item.key),
        "last_on": None if item.known_on is None else item.known_on.isoformat(),
        "last": None if item.remaining_days is None else str(item.remaining_days),
    }


def reminder_context(notification: Notification, *, with_links: bool) -> dict[str, Any]:
    """Everything that the templates show, in the active language and the reader's time zone.

    ``with_links``: for the recipient's eyes; otherwise the links lead to the items' pages.
    """
    facts, recipient = notification.facts, notification.recipient
    with timezone.override(ZoneInfo(recipient.time_zone)):
        duties = facts["duties"]
        return {
            "subject": reminder_subject(notification),
            "plan": facts["plan"],
            "lead": _lead(len(duties) + facts["more"]),
            "groups": [
                _group(due, list(members), notification, with_links=with_links)
                for due, members in groupby(sorted(duties, key=_order), key=_moments)
            ],
            "more": facts["more"],
            "week_url": f"{settings.SITE_URL}{_week_path(facts['plan']['key'])}",
            "language": "zh-Hans" if recipient.language == "zh-hans" else "en",
        }


def _week_path(plan_key: str) -> str:
    return reverse("cadence:week", args=[plan_key])


def reminder_subject(notification: Notification) -> str:
    """How many, and the first moment in the active time zone; a single one by its name."""
    duties, now = notification.facts["duties"], notification.created_at
    count = len(duties) + notification.facts["more"]
    first = dt.datetime.fromisoformat(duties[0]["due_at"])
    is_overdue = first < now
    if count == 1:
        text = _("Update overdue: %(name)s") if is_overdue else _("Update due %(when)s: %(name)s")
    elif is_overdue:
        text = _("%(count)s updates are due, some of them overdue")
    else:
        text = _("%(count)s updates are due, the first %(when)s")
    return text % {"count": count, "when": format_moment(first), "name": duties[0]["name"]}


def _lead(count: int) -> str:
    return ngettext("You owe %(count)s update", "You owe %(count)s updates", count) % {
        "count": count
    }


def _moments(duty: Facts) -> tuple[dt.datetime, dt.datetime]:
    """When it is due, and when it closes."""
    return dt.datetime.fromisoformat(duty["due_at"]), dt.datetime.fromisoformat(duty["closes_at"])


def _order(duty: Facts) -> tuple[Any, ...]:
    """The most urgent first; one's own before those of the people one acts for."""
    return *_moments(duty), duty["for"] or ""


def _group(
    moments: tuple[dt.datetime, dt.datetime],
    duties: list[Facts],
    notification: Notification,
    *,
    with_links: bool,
) -> dict[str, Any]:
    """Duties of the same moments, which are said once."""
    due_at, closes_at = moments
    reader = notification.recipient.pk if with_links else None
    return {
        "is_overdue": due_at < notification.created_at,
        "due": format_moment(due_at),
        "missed_from": format_moment(closes_at),
        "lines": [_line(duty, reader, closes_at) for duty in duties],
    }


def _line(duty: Facts, reader: int | None, closes_at: dt.datetime) -> dict[str, Any]:
    """One duty in words, with the link of its reader, or else to its page."""
    path = duty["path"]
    if reader is not None:
        path = reverse("cadence:link_form", args=[make_token(duty["id"], reader, closes_at)])
    return {
        "name": duty["name"],
        "for": duty["for"],
        "last": _last(duty),
        "url": f"{settings.SITE_URL}{path}",
    }


def _last(duty: Facts) -> str:
    """What was reported last, and for which day."""
    if duty["last_on"] is None:
        return _("nothing reported yet")
    day = format_date(dt.date.fromisoformat(duty["last_on"]))
    if duty["last"] is None:
        return _("last reported for %(date)s") % {"date": day}
    number, sign = Decimal(duty["last"]), sign_of(duty["unit"])
    if duty["kind"] == "task":
        return ngettext(
            "%(count)s day left on %(date)s", "%(count)s days left on %(date)s", int(number)
        ) % {"count": format_number(number), "date": day}
    return _("%(value)s on %(date)s") % {
        "value": f"{format_number(number)}{sign or ' '}{'' if sign else duty['unit']}".strip(),
        "date": day,
    }
