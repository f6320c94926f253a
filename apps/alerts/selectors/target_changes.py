"""What messages about requests of targets say: the requests as plain data, and that in words."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alerts.models import Notification, Topic
from apps.core.ui.formats import format_date, format_moment
from apps.objectives.models import ChangeKind, Decision, KeyResult, KeyResultTarget, TargetChange
from apps.objectives.presentation.standings import target_text
from apps.objectives.services.targets import targets_by_key_result
from apps.plans.addresses import plan_path
from apps.plans.models import ItemState, Plan

REQUESTS_MOST = 30
TARGETS_MOST = 6
MEASURE = ("kind", "unit", "lower_bound", "upper_bound")
Facts = dict[str, Any]


def request_facts(plan: Plan, messages: Sequence[Sequence[TargetChange]]) -> list[Facts]:
    """All that each message about some requests says, frozen when it is written (one query)."""
    requests = {request.pk: request for about in messages for request in about}
    targets = targets_by_key_result({request.key_result for request in requests.values()})
    said = {
        pk: _request_facts(plan, request, targets[request.key_result_id])
        for pk, request in requests.items()
    }
    return [
        {
            "plan": {"key": plan.key, "name": plan.name},
            "requests": [said[request.pk] for request in about[:REQUESTS_MOST]],
            "more": max(len(about) - REQUESTS_MOST, 0),
        }
        for about in messages
    ]


def _request_facts(plan: Plan, request: TargetChange, targets: list[KeyResultTarget]) -> Facts:
    """One request, how it stands, and the targets that are in force and not met yet."""
    key_result, decided_at = request.key_result, request.decided_at
    open_ones = [target for target in targets if target.item.state != ItemState.FINISHED]
    return {
        "name": key_result.name,
        "path": f"{plan_path(plan.key)}target-changes/{request.pk}/",
        "measure": {name: _plain(getattr(key_result, name)) for name in MEASURE},
        "kind": request.kind,
        "old": _target_facts(request.old_value, request.old_due_on),
        "new": _target_facts(request.new_value, request.new_due_on),
        "reason": request.reason,
        "requested_by": str(request.requested_by),
        "requested_at": request.requested_at.isoformat(),
        "decision": request.decision,
        "decided_by": str(request.decided_by or ""),
        "decided_at": None if decided_at is None else decided_at.isoformat(),
        "note": request.decision_note,
        "in_force": [_target_facts(row.value, row.due_on) for row in open_ones[:TARGETS_MOST]],
        "in_force_more": max(len(open_ones) - TARGETS_MOST, 0),
    }


def _target_facts(value: Decimal | None, due_on: dt.date | None) -> list[str | None] | None:
    """Value and day; None where there is no target: before a further one, after one given up."""
    return None if due_on is None else [_plain(value), due_on.isoformat()]


def _plain(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value)


def request_subject(notification: Notification) -> str:
    """What waits for the reader's decision, or what was decided; in the active language."""
    found, more = notification.facts["requests"], notification.facts["more"]
    count, is_asked = len(found) + more, notification.topic == Topic.REQUEST
    if count == 1:
        text = _("Please decide: change of a target of %(name)s")
        if not is_asked:
            text = _("%(decision)s: change of a target of %(name)s")
        decision = Decision(found[0]["decision"]).label
        return text % {"decision": decision, "name": found[0]["name"]}
    if is_asked:
        text = ngettext(
            "Please decide: %(count)s change of targets",
            "Please decide: %(count)s changes of targets",
            count,
        )
    else:
        text = ngettext(
            "%(count)s change of targets was decided",
            "%(count)s changes of targets were decided",
            count,
        )
    return text % {"count": count}


def request_context(notification: Notification) -> dict[str, Any]:
    """Everything that the templates show, in the active language and the reader's time zone."""
    facts, recipient = notification.facts, notification.recipient
    with timezone.override(ZoneInfo(recipient.time_zone)):
        requests = [
            {
                "name": request["name"],
                "url": f"{settings.SITE_URL}{request['path']}",
                "rows": [row for row in _rows(request) if row[1]],
            }
            for request in facts["requests"]
        ]
    return {
        "subject": request_subject(notification),
        "plan": facts["plan"],
        "is_asked": notification.topic == Topic.REQUEST,
        "requests": requests,
        "more": facts["more"],
        "language": "zh-Hans" if recipient.language == "zh-hans" else "en",
    }


def _rows(request: Facts) -> list[tuple[str, str]]:
    """Terms and values of one request; a value that is empty is not shown."""
    is_ended = request["decision"] != Decision.PENDING
    decided = _signed(request["decided_by"], request["decided_at"])
    decision = Decision(request["decision"]).label
    return [
        (_("Decision"), f"{decision} · {decided}" if is_ended else ""),
        (_("Note on the decision"), request["note"]),
        (_("In force now"), _in_force(request, is_ended=is_ended)),
        (_("Asked for"), _asked(request)),
        (_("Reason"), request["reason"]),
        (_("Asked by"), _signed(request["requested_by"], request["requested_at"])),
    ]


def _asked(request: Facts) -> str:
    """The target that is wanted; what kind of request it is where that does not say it."""
    if request["kind"] == ChangeKind.MOVE:
        return _target(request, "new")
    kind = ChangeKind(request["kind"]).label
    return " · ".join(part for part in (str(kind), _target(request, "new")) if part)


def _in_force(request: Facts, *, is_ended: bool) -> str:
    """The target that a decision is asked about; else the open ones, the next one first."""
    if request["old"] and not is_ended:
        return _target(request, "old")
    shown = [_words(request, target) for target in request["in_force"]]
    if more := request["in_force_more"]:
        shown.append(_("and %(count)s more") % {"count": more})
    return "\n".join(shown)


def _target(request: Facts, name: str) -> str:
    """The old or the new target; empty where there is none."""
    return _words(request, request[name]) if request[name] else ""


def _words(request: Facts, target: tuple[str | None, str]) -> str:
    """A target's value in its unit, and its day."""
    value, due_on = target
    measure = {name: _number(name, text) for name, text in request["measure"].items()}
    number = None if value is None else Decimal(value)
    return _("%(value)s by %(day)s") % {
        "value": target_text(KeyResult(**measure), number),
        "day": format_date(dt.date.fromisoformat(due_on)),
    }


def _number(name: str, text: str | None) -> Decimal | str | None:
    """A bound as a number, the rest as it is."""
    return Decimal(text) if text is not None and name.endswith("_bound") else text


def _signed(name: str, at: str | None) -> str:
    """Who did it, and when."""
    return "" if at is None else f"{name} · {format_moment(dt.datetime.fromisoformat(at))}"
