"""Messages about requests of targets in words."""

import datetime as dt
from dataclasses import asdict
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.ui.formats import format_date, format_moment
from apps.objectives.domain.payloads import (
    DECISION,
    REQUEST,
    DatedTarget,
    RequestEntry,
    TargetRequests,
)
from apps.objectives.models import ChangeKind, Decision, KeyResult
from apps.objectives.presentation.standings import target_text
from apps.objectives.selectors.messages import decisions_concerned, requests_concerned
from apps.outbox.kinds import Kind, Reader, register_kind


def request_subject(payload: TargetRequests) -> str:
    """What waits for the reader's decision, in the active language."""
    if payload.count == 1 and payload.entries:
        name = payload.entries[0].name
        return _("Please decide: change of a target of %(name)s") % {"name": name}
    text = ngettext(
        "Please decide: %(count)s change of targets",
        "Please decide: %(count)s changes of targets",
        payload.count,
    )
    return text % {"count": payload.count}


def decision_subject(payload: TargetRequests) -> str:
    """What was decided, in the active language."""
    if payload.count == 1 and payload.entries:
        (entry,) = payload.entries
        decision = Decision(entry.decision).label
        return _("%(decision)s: change of a target of %(name)s") % {
            "decision": decision,
            "name": entry.name,
        }
    text = ngettext(
        "%(count)s change of targets was decided",
        "%(count)s changes of targets were decided",
        payload.count,
    )
    return text % {"count": payload.count}


def request_context(payload: TargetRequests, _reader: Reader, *, is_asked: bool) -> dict[str, Any]:
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
    is_ended = entry.decision != Decision.PENDING
    decided = _signed(entry.decided_by, entry.decided_at)
    decision = Decision(entry.decision).label
    return [
        (_("Decision"), f"{decision} · {decided}" if is_ended else ""),
        (_("Note on the decision"), entry.note),
        (_("In force now"), _in_force(entry, is_ended=is_ended)),
        (_("Asked for"), _asked(entry)),
        (_("Reason"), entry.reason),
        (_("Asked by"), _signed(entry.requested_by, entry.requested_at)),
    ]


def _asked(entry: RequestEntry) -> str:
    """The target that is wanted; what kind of request it is where that does not say it."""
    if entry.kind == ChangeKind.MOVE:
        return _words(entry, entry.new)
    kind = ChangeKind(entry.kind).label
    return " · ".join(part for part in (str(kind), _words(entry, entry.new)) if part)


def _in_force(entry: RequestEntry, *, is_ended: bool) -> str:
    """The target that a decision is asked about; else the open ones, the next one first."""
    if entry.old and not is_ended:
        return _words(entry, entry.old)
    shown = [_words(entry, target) for target in entry.in_force]
    if more := entry.in_force_more:
        shown.append(_("and %(count)s more") % {"count": more})
    return "\n".join(shown)


def _words(entry: RequestEntry, target: DatedTarget | None) -> str:
    """A target's value in its unit, and its day; empty where there is none."""
    if target is None:
        return ""
    return _("%(value)s by %(day)s") % {
        "value": target_text(KeyResult(**asdict(entry.measure)), target.value),
        "day": format_date(target.due_on),
    }


def _signed(name: str, at: dt.datetime | None) -> str:
    """Who did it, and when."""
    return "" if at is None else f"{name} · {format_moment(at)}"


def register_kinds() -> None:
    """Make both kinds known."""
    register_kind(
        Kind(
            name=REQUEST,
            label=gettext_lazy("Request of a target"),
            template="mail/request",
            payload=TargetRequests,
            subject=request_subject,
            context=partial(request_context, is_asked=True),
            concerned=requests_concerned,
        )
    )
    register_kind(
        Kind(
            name=DECISION,
            label=gettext_lazy("Decision on a request"),
            template="mail/request",
            payload=TargetRequests,
            subject=decision_subject,
            context=partial(request_context, is_asked=False),
            concerned=decisions_concerned,
        )
    )
