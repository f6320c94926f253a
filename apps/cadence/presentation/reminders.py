"""A reminder in words.

The signed links are made here, when the mail is handed to the server, so that nobody who reads the
outbox gets them.
"""

import datetime as dt
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.cadence.domain.reminding import DutyEntry, Reminder
from apps.cadence.selectors.tokens import make_token
from apps.core.ui.formats import format_date, format_moment, format_number
from apps.objectives.presentation.standings import sign_of
from apps.outbox.kinds import Reader


def reminder_context(payload: Reminder, reader: Reader) -> dict[str, Any]:
    """Everything that the templates show, in the active language and time zone.

    Not for private eyes, the links lead to the items' pages.
    """
    person = reader.user.pk if reader.is_private else None
    return {
        "plan": payload.plan,
        "lead": _lead(payload.count),
        "groups": [
            _group(due, list(members), payload.written_at, person)
            for due, members in groupby(sorted(payload.entries, key=_order), key=_moments)
        ],
        "more": len(payload.more),
        "week_url": f"{settings.SITE_URL}{reverse('cadence:week', args=[payload.plan.key])}",
    }


def reminder_subject(payload: Reminder) -> str:
    """How many, and the first moment in the active time zone; a single one by its name."""
    if not payload.entries:
        return _lead(payload.count)
    first = payload.entries[0]
    is_overdue = first.due_at < payload.written_at
    if payload.count == 1:
        text = _("Update overdue: %(name)s") if is_overdue else _("Update due %(when)s: %(name)s")
    elif is_overdue:
        text = _("%(count)s updates are due, some of them overdue")
    else:
        text = _("%(count)s updates are due, the first %(when)s")
    return text % {
        "count": payload.count,
        "when": format_moment(first.due_at),
        "name": first.name,
    }


def _lead(count: int) -> str:
    return ngettext("You owe %(count)s update", "You owe %(count)s updates", count) % {
        "count": count
    }


def _moments(duty: DutyEntry) -> tuple[dt.datetime, dt.datetime]:
    """When it is due, and when it closes."""
    return duty.due_at, duty.closes_at


def _order(duty: DutyEntry) -> tuple[Any, ...]:
    """The most urgent first; one's own before those of the people one acts for."""
    return *_moments(duty), duty.of or ""


def _group(
    moments: tuple[dt.datetime, dt.datetime],
    duties: list[DutyEntry],
    written_at: dt.datetime,
    person: int | None,
) -> dict[str, Any]:
    """Duties of the same moments, which are said once."""
    due_at, closes_at = moments
    return {
        "is_overdue": due_at < written_at,
        "due": format_moment(due_at),
        "missed_from": format_moment(closes_at),
        "lines": [_line(duty, person) for duty in duties],
    }


def _line(duty: DutyEntry, person: int | None) -> dict[str, Any]:
    """One duty in words, with the link of its reader, or else to its page."""
    path = duty.path
    if person is not None:
        path = reverse("cadence:link_form", args=[make_token(duty.id, person, duty.closes_at)])
    return {
        "name": duty.name,
        "for": duty.of,
        "last": _last(duty),
        "url": f"{settings.SITE_URL}{path}",
    }


def _last(duty: DutyEntry) -> str:
    """What was reported last, and for which day."""
    if duty.last_on is None:
        return _("nothing reported yet")
    day = format_date(duty.last_on)
    if duty.last is None:
        return _("last reported for %(date)s") % {"date": day}
    if duty.kind == "task":
        return ngettext(
            "%(count)s day left on %(date)s", "%(count)s days left on %(date)s", int(duty.last)
        ) % {"count": format_number(duty.last), "date": day}
    sign = sign_of(duty.unit)
    return _("%(value)s on %(date)s") % {
        "value": f"{format_number(duty.last)}{sign or ' '}{'' if sign else duty.unit}".strip(),
        "date": day,
    }
