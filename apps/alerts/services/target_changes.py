"""Tells of requests of targets: who may decide that one waits, then what became of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from apps.alerts.models import Notification, Topic
from apps.alerts.selectors.target_changes import request_facts
from apps.alerts.services.outbox import BATCH, message
from apps.objectives.models import Decision, TargetChange
from apps.people.models import User
from apps.plans.models import Membership, Plan
from apps.plans.permissions import STEWARDS


def target_changes_write(*, now: dt.datetime) -> int:
    """Write the messages whose batch is over; returns how many. With none it costs one probe."""
    waiting = TargetChange.objects.filter(
        untold_since__lte=now - BATCH,
        key_result__plan__archived_at=None,
        key_result__objective__archived_at=None,
    )
    plans = list(waiting.order_by().values_list("key_result__plan_id", flat=True).distinct())
    return sum(plan_tell(plan_id=pk, now=now) for pk in plans)


def plan_tell(*, plan_id: int, now: dt.datetime) -> int:
    """The messages of one plan, in one transaction; none while somebody else holds the plan.

    What is told is how a request stands now: one that has ended meanwhile asks for no decision.
    """
    with transaction.atomic():
        free = Plan.objects.select_for_update(skip_locked=True, no_key=True)
        plan = free.filter(pk=plan_id).first()
        if plan is None:
            return 0
        untold = TargetChange.objects.filter(
            key_result__plan=plan,
            key_result__objective__archived_at=None,
            untold_since__isnull=False,
        )
        found = untold.select_related("key_result", "requested_by", "decided_by").order_by("pk")
        told = letters(plan, found)
        facts = request_facts(plan, [requests for _topic, _user, requests in told])
        Notification.objects.bulk_create(
            [
                message(
                    plan=plan,
                    topic=topic,
                    step=f"{topic}:{requests[-1].pk}",
                    to=user,
                    facts=said,
                    now=now,
                )
                for (topic, user, requests), said in zip(told, facts, strict=True)
            ]
        )
        untold.update(untold_since=None)
    return len(told)


def letters(
    plan: Plan, requests: Iterable[TargetChange]
) -> list[tuple[Topic, User, list[TargetChange]]]:
    """Who is told of which requests, by topic: active members of the plan only."""
    rows = Membership.objects.filter(plan=plan, user__is_active=True).order_by("pk")
    roles = list(rows.select_related("user"))
    members = {role.user_id: role.user for role in roles}
    stewards: set[int | None] = {role.user_id for role in roles if role.role in STEWARDS}
    found: dict[tuple[Topic, int], list[TargetChange]] = defaultdict(list)
    for request in requests:
        if request.decision == Decision.PENDING:
            topic, people = Topic.REQUEST, stewards - {request.requested_by_id}
        else:
            concerned = {request.requested_by_id, request.key_result.owner_id}
            topic, people = Topic.DECISION, concerned - {request.decided_by_id}
        for pk in filter(people.__contains__, members):
            found[topic, pk].append(request)
    return [(topic, members[pk], about) for (topic, pk), about in found.items()]
