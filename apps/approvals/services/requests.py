"""The life of a request: asked for, looked at, approved, rejected or withdrawn. Signed, told."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.approvals.domain.decisions import Decision, note_problems
from apps.approvals.kinds import read
from apps.approvals.models import ChangeRequest
from apps.approvals.services.telling import request_tell
from apps.outbox.domain.payload import Payload
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.engine.levels import rank_of
from apps.plans.kinds import resting, subject_relations
from apps.plans.models import LevelChange, Subject
from apps.plans.services.change import PlanChange, plan_change, plan_trial
from apps.plans.services.subjects import subject_of


def request_make(
    *, kind: str, thing: Any, about: str, payload: Payload, by: User, reason: str
) -> ChangeRequest:
    """Ask for a change of a thing. The same sent twice by one person is one request.

    Raises PlanRuleError "request.pending" while another one waits for the same (``about``), and
    what the kind has against it.
    """
    with plan_change(plan=thing.plan, by=by, reason=reason) as change:
        request = ChangeRequest(
            plan=change.plan,
            kind=kind,
            subject=subject_of(thing),
            about=about,
            payload=payload.to_json(),
            reason=reason,
            requested_by=by,
        )
        # Of two that ask at once, the second waits for the plan and finds the first.
        for standing in ChangeRequest.objects.filter(about=about, decision=Decision.PENDING):
            if is_same(standing, request):
                return standing
            raise PlanRuleError(
                "request.pending",
                gettext_noop("A request about this is waiting for the PMO already."),
            )
        check(change, request)
        request.save(force_insert=True)
        request_tell(request=request)
    return request


def is_same(standing: ChangeRequest, request: ChangeRequest) -> bool:
    """Whether one person has asked for the same before."""
    names = ("kind", "reason", "requested_by_id")
    is_alike = all(getattr(standing, name) == getattr(request, name) for name in names)
    return is_alike and read(standing) == read(request)


def check(change: PlanChange, request: ChangeRequest) -> None:
    """Raises PlanRuleError where a request cannot be put in force as things stand."""
    kind, asked = read(request)
    kind.check(change, request, asked)
    if Subject.objects.filter(resting(), pk=request.subject_id).exists():
        raise PlanRuleError(
            "request.rests",
            gettext_noop("What this request is about is archived. Restore it first."),
        )


def request_apply(change: PlanChange, request: ChangeRequest) -> None:
    """Put it in force, and keep what was carried out (not saved)."""
    check(change, request)
    kind, asked = read(request)
    request.payload = kind.apply(change, request, asked).to_json()


def request_decide(
    *, request: ChangeRequest, by: User, is_approved: bool, note: str = ""
) -> ChangeRequest:
    """Approve a request, which puts it in force, or reject it.

    Raises PlanRuleError when it was decided already, when it cannot be put in force as things
    stand, and for a rejection that does not say why.
    """
    decision = Decision.APPROVED if is_approved else Decision.REJECTED
    with plan_change(plan=request.plan, by=by, reason=request.reason) as change:
        locked = waiting_request(request)
        for problem in note_problems(decision, note):
            raise problem
        if is_approved:
            request_apply(change, locked)
        return request_end(request=locked, decision=decision, by=by, note=note)


def request_withdraw(*, request: ChangeRequest, by: User, note: str = "") -> ChangeRequest:
    """Take a request back; nothing changes. Raises PlanRuleError when it was decided already."""
    with plan_change(plan=request.plan, by=by, reason=note or "request withdrawn"):
        locked = waiting_request(request)
        return request_end(request=locked, decision=Decision.WITHDRAWN, by=by, note=note)


def waiting_request(request: ChangeRequest) -> ChangeRequest:
    """The request, locked and as it stands now, if it still waits."""
    rows = ChangeRequest.objects.select_for_update(of=("self",))
    locked = rows.select_related("plan", *subject_relations("subject")).get(pk=request.pk)
    check_waits(locked)
    return locked


def check_waits(request: ChangeRequest) -> None:
    """Raises PlanRuleError for one that was decided."""
    if not request.is_pending:
        raise PlanRuleError("request.decided", gettext_noop("This request was decided already."))


def request_end(
    *, request: ChangeRequest, decision: Decision, by: User, note: str
) -> ChangeRequest:
    """Sign what became of it, within a change of its plan, and tell; taking back the own request
    tells nobody.
    """
    request.decision, request.decision_note = decision.value, note[:500]
    request.decided_by, request.decided_at = by, timezone.now()
    request.save()
    if decision != Decision.WITHDRAWN or by.pk != request.requested_by_id:
        request_tell(request=request)
    return request


@dataclass(frozen=True, slots=True)
class Preview:
    """What approval would do: what its kind looks at, before and after, and every level that
    changes, the worst first.
    """

    before: Any
    after: Any
    changes: list[LevelChange]


def request_preview(*, request: ChangeRequest, by: User) -> Preview:
    """Approve, look, and undo: so a preview cannot differ from the approval. Writes nothing.

    Raises PlanRuleError where approval would be refused.
    """
    check_waits(request)
    request = copy(request)
    kind, _asked = read(request)
    with plan_trial(plan=request.plan, by=by, reason=request.reason) as change:
        before = kind.look(request)
        request_apply(change, request)
        change.finish()
        ids = [row.pk for row in change.level_changes]
        rows = LevelChange.objects.filter(pk__in=ids).select_related("item").order_by("pk")
        worst_first = sorted(rows, key=lambda row: rank_of(row.new_level), reverse=True)
        return Preview(before, kind.look(request), worst_first)
