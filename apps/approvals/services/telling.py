"""Tells who decides that a request waits, and whom it concerns what became of it."""

from collections import defaultdict

from django.utils import timezone

from apps.approvals.domain.payloads import DECISION, REQUEST
from apps.approvals.kinds import request_kinds
from apps.approvals.models import ChangeRequest
from apps.approvals.selectors.messages import people_told, request_payload
from apps.outbox.services import entry_collect
from apps.people.models import User
from apps.plans.models import Membership


def request_tell(*, request: ChangeRequest) -> None:
    """Tell who may decide that it waits, but for who asked; or whom it concerns what became of it,
    but for who decided. Active members of the plan only.
    """
    members: dict[User, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(plan=request.plan, user__is_active=True)
    for membership in rows.select_related("user"):
        members[membership.user].append(membership)
    if request.is_pending:
        can_decide = request_kinds()[request.kind].can_decide
        wanted = {
            user.pk for user, roles in members.items() if can_decide(user, roles, request.plan)
        }
        wanted.discard(request.requested_by_id)
    else:
        wanted = people_told(request) - {request.decided_by_id}
    kind = REQUEST if request.is_pending else DECISION
    people = [user for user in members if user.pk in wanted]
    if people:
        entry_collect(
            kind=kind,
            plan=request.plan,
            step=f"{kind}:{request.pk}",
            people=people,
            payload=request_payload(request),
            now=timezone.now(),
        )
