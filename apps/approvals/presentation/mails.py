"""Messages about requests in words."""

import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.approvals.domain.decisions import Decision
from apps.approvals.domain.payloads import DECISION, REQUEST, RequestEntry, Requests
from apps.approvals.kinds import request_kinds
from apps.approvals.models import DECISIONS
from apps.approvals.selectors.messages import decisions_concerned, requests_concerned
from apps.core.ui.formats import format_moment
from apps.outbox.kinds import Kind, Reader, register_kind


def several(payload: Requests) -> str:
    """How many requests a message tells of: of which kind, where they are all of one."""
    names = {entry.kind for entry in payload.entries}
    if len(names) == 1:
        return request_kinds()[names.pop()].counted(payload.count)
    text = ngettext("%(count)s request", "%(count)s requests", payload.count)
    return text % {"count": payload.count}


def title_of(entry: RequestEntry) -> str:
    return request_kinds()[entry.kind].title(entry.name)


def request_subject(payload: Requests) -> str:
    """What waits for the reader's decision, in the active language."""
    is_one = payload.count == 1 and payload.entries
    what = title_of(payload.entries[0]) if is_one else several(payload)
    return _("Please decide: %(what)s") % {"what": what}


def decision_subject(payload: Requests) -> str:
    """What was decided, in the active language."""
    if payload.count == 1 and payload.entries:
        (entry,) = payload.entries
        return _("%(decision)s: %(what)s") % {
            "decision": decision_words(entry),
            "what": title_of(entry),
        }
    text = ngettext("%(what)s was decided", "%(what)s were decided", payload.count)
    return text % {"what": several(payload)}


def decision_words(entry: RequestEntry) -> str:
    return str(dict(DECISIONS)[entry.decision])


def request_context(payload: Requests, _reader: Reader, *, is_asked: bool) -> dict[str, Any]:
    """Everything that the templates show, in the active language and time zone."""
    requests = [
        {
            "name": entry.name,
            "url": f"{settings.SITE_URL}{entry.path}",
            "rows": [row for row in _rows(entry) if row[1]],
        }
        for entry in payload.entries
    ]
    return {
        "plan": payload.plan,
        "is_asked": is_asked,
        "requests": requests,
        "more": len(payload.more),
    }


def _rows(entry: RequestEntry) -> list[tuple[str, str]]:
    """Terms and values of one request; a value that is empty is not shown."""
    kind, is_ended = request_kinds()[entry.kind], entry.decision != Decision.PENDING
    decided = _signed(entry.decided_by, entry.decided_at)
    return [
        (_("Decision"), f"{decision_words(entry)} · {decided}" if is_ended else ""),
        (_("Note on the decision"), entry.note),
        *kind.mail_rows(kind.facts.from_json(entry.facts), is_ended),
        (_("Reason"), entry.reason),
        (_("Asked by"), _signed(entry.requested_by, entry.requested_at)),
    ]


def _signed(name: str, at: dt.datetime | None) -> str:
    """Who did it, and when."""
    return "" if at is None else f"{name} · {format_moment(at)}"


def register_kinds() -> None:
    """Make both kinds known."""
    for name, label, subject, concerned in (
        (REQUEST, gettext_lazy("Request"), request_subject, requests_concerned),
        (DECISION, gettext_lazy("Decision on a request"), decision_subject, decisions_concerned),
    ):
        register_kind(
            Kind(
                name=name,
                label=label,
                template="mail/request",
                payload=Requests,
                subject=subject,
                context=partial(request_context, is_asked=name == REQUEST),
                concerned=concerned,
            )
        )
