"""What messages about comments and requests keep, and whom they still concern when they go out."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet

from apps.objectives.domain.payloads import (
    TARGETS_MOST,
    TEXT_MOST,
    DatedTarget,
    Measure,
    MentionEntry,
    Mentions,
    RequestEntry,
    TargetRequests,
)
from apps.objectives.models import Comment, Decision, KeyResultTarget, TargetChange
from apps.outbox.domain.payload import PlanName
from apps.outbox.kinds import Waiting
from apps.plans.addresses import plan_path
from apps.plans.models import ItemState, Membership, Plan
from apps.plans.permissions import STEWARDS


def mention_payload(plan: Plan, comment: Comment) -> Mentions:
    """One comment, frozen when it is written."""
    on = comment.objective or comment.key_result
    section = "objectives" if comment.objective_id else "key-results"
    assert on is not None  # noqa: S101 - a constraint of the table
    entry = MentionEntry(
        id=comment.pk,
        author=str(comment.author),
        at=comment.created_at,
        name=on.name,
        path=f"{plan_path(plan.key)}{section}/{on.key}/comments/",
        text=comment.text[:TEXT_MOST],
    )
    return Mentions(plan=PlanName(key=plan.key, name=plan.name), entries=(entry,))


def mentions_concerned(waiting: Sequence[Waiting[Mentions]]) -> Mapping[int, Mentions]:
    """Comments that stand, on what is not archived, and mention the reader (one query)."""
    ids = {pk for one in waiting for pk in one.payload.ids}
    mentions = Comment.mentions.through.objects.filter(
        comment__in=ids,
        comment__objective__archived_at=None,
        comment__key_result__objective__archived_at=None,
    )
    standing = set(mentions.values_list("user_id", "comment_id"))
    found = (
        (
            one.row.pk,
            one.payload.kept({pk for user, pk in standing if user == one.row.recipient_id}),
        )
        for one in waiting
    )
    return {pk: left for pk, left in found if left is not None}


def request_payload(
    plan: Plan, request: TargetChange, targets: Iterable[KeyResultTarget]
) -> TargetRequests:
    """One request, how it stands, and the targets of its key result by date."""
    key_result = request.key_result
    open_ones = [target for target in targets if target.item.state != ItemState.FINISHED]
    entry = RequestEntry(
        id=request.pk,
        name=key_result.name,
        path=f"{plan_path(plan.key)}target-changes/{request.pk}/",
        measure=Measure(
            kind=key_result.kind,
            unit=key_result.unit,
            lower_bound=key_result.lower_bound,
            upper_bound=key_result.upper_bound,
        ),
        kind=request.kind,
        old=_dated(request.old_value, request.old_due_on),
        new=_dated(request.new_value, request.new_due_on),
        reason=request.reason,
        requested_by=str(request.requested_by),
        requested_at=request.requested_at,
        decision=request.decision,
        decided_by=str(request.decided_by or ""),
        decided_at=request.decided_at,
        note=request.decision_note,
        in_force=tuple(
            DatedTarget(value=target.value, due_on=target.due_on)
            for target in open_ones[:TARGETS_MOST]
        ),
        in_force_more=max(len(open_ones) - TARGETS_MOST, 0),
    )
    return TargetRequests(plan=PlanName(key=plan.key, name=plan.name), entries=(entry,))


def _dated(value: Decimal | None, due_on: dt.date | None) -> DatedTarget | None:
    """None where there is no target: before a further one, after one given up."""
    return None if due_on is None else DatedTarget(value=value, due_on=due_on)


def requests_concerned(
    waiting: Sequence[Waiting[TargetRequests]],
) -> Mapping[int, TargetRequests]:
    """Requests that still wait, to whoever may decide on them: two queries."""
    roles = Membership.objects.filter(
        plan__in={one.row.plan_id for one in waiting}, role__in=STEWARDS
    )
    stewards = set(roles.values_list("plan_id", "user_id"))
    open_ones = dict(
        _requests(waiting).filter(decision=Decision.PENDING).values_list("pk", "requested_by_id")
    )
    found = {}
    for one in waiting:
        reader = one.row.recipient_id
        left = one.payload.kept({pk for pk, asker in open_ones.items() if asker != reader})
        if left is not None and (one.row.plan_id, reader) in stewards:
            found[one.row.pk] = left
    return found


def decisions_concerned(
    waiting: Sequence[Waiting[TargetRequests]],
) -> Mapping[int, TargetRequests]:
    """Decided requests, to who asked and to the key result's owner: one query."""
    rows = _requests(waiting).exclude(decision=Decision.PENDING)
    concerned = {
        (pk, person)
        for pk, *people in rows.values_list("pk", "requested_by_id", "key_result__owner_id")
        for person in people
    }
    found = (
        (
            one.row.pk,
            one.payload.kept({pk for pk, person in concerned if person == one.row.recipient_id}),
        )
        for one in waiting
    )
    return {pk: left for pk, left in found if left is not None}


def _requests(waiting: Sequence[Waiting[TargetRequests]]) -> QuerySet[TargetChange]:
    """The requests of a batch whose objective is not archived."""
    ids = {pk for one in waiting for pk in one.payload.ids}
    return TargetChange.objects.filter(pk__in=ids, key_result__objective__archived_at=None)
