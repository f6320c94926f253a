"""What messages about requests keep, and whom they still concern when they go out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from apps.approvals.domain.decisions import Decision
from apps.approvals.domain.payloads import RequestEntry, Requests
from apps.approvals.kinds import read, request_kinds
from apps.approvals.models import ChangeRequest
from apps.outbox.domain.payload import PlanName
from apps.outbox.kinds import Waiting
from apps.plans.addresses import plan_path
from apps.plans.kinds import facts_of, resting, subject_relations
from apps.plans.models import Membership

Waitings = Sequence[Waiting[Requests]]


def request_path(request: ChangeRequest) -> str:
    """Its page."""
    return f"{plan_path(request.plan.key)}requests/{request.pk}/"


def request_payload(request: ChangeRequest) -> Requests:
    """One request, how it stands, and what its kind keeps of it."""
    kind, asked = read(request)
    plan = request.plan
    entry = RequestEntry(
        id=request.pk,
        kind=kind.name,
        name=facts_of(plan, request.subject).name,
        path=request_path(request),
        facts=kind.facts_of(request, asked).to_json(),
        reason=request.reason,
        requested_by=str(request.requested_by),
        requested_at=request.requested_at,
        decision=request.decision,
        decided_by=str(request.decided_by or ""),
        decided_at=request.decided_at,
        note=request.decision_note,
    )
    return Requests(plan=PlanName(key=plan.key, name=plan.name), entries=(entry,))


def people_told(request: ChangeRequest) -> set[int]:
    """Who is told what became of it, but for who decided: who asked, and whom the subject
    concerns.
    """
    return {request.requested_by_id, *facts_of(request.plan, request.subject).people}


def requests_concerned(waiting: Waitings) -> Mapping[int, Requests]:
    """Requests that still wait, to whoever may decide on them and did not ask: two queries."""
    memberships = Membership.objects.filter(
        plan__in={one.row.plan_id for one in waiting},
        user__in={one.row.recipient_id for one in waiting},
    )
    roles: dict[tuple[int | None, int], list[Membership]] = defaultdict(list)
    for membership in memberships:
        roles[membership.plan_id, membership.user_id].append(membership)
    open_ones = [row for row in _requests(waiting) if row.is_pending]
    return _kept(
        waiting,
        {
            (row.pk, one.row.recipient_id)
            for one in waiting
            for row in open_ones
            if row.requested_by_id != one.row.recipient_id
            and request_kinds()[row.kind].can_decide(
                one.row.recipient, roles[row.plan_id, one.row.recipient_id], row.plan
            )
        },
    )


def decisions_concerned(waiting: Waitings) -> Mapping[int, Requests]:
    """Decided requests, to who asked and to whom their subject concerns: one query."""
    rows = _requests(waiting).exclude(decision=Decision.PENDING)
    return _kept(waiting, {(row.pk, person) for row in rows for person in people_told(row)})


def _requests(waiting: Waitings) -> QuerySet[ChangeRequest]:
    """The requests of a batch about what is not archived."""
    ids = {pk for one in waiting for pk in one.payload.ids}
    rows = ChangeRequest.objects.filter(pk__in=ids, kind__in=request_kinds())
    return rows.exclude(resting("subject")).select_related("plan", *subject_relations("subject"))


def _kept(waiting: Waitings, concerned: set[tuple[int, int]]) -> Mapping[int, Requests]:
    """Of each message what is left of it, by (request, person)."""
    found = {}
    for one in waiting:
        ids = {pk for pk, person in concerned if person == one.row.recipient_id}
        if (left := one.payload.kept(ids)) is not None:
            found[one.row.pk] = left
    return found
