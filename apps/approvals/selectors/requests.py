"""Requests of kinds that somebody knows."""

from django.db.models import Case, QuerySet, Value, When

from apps.approvals.domain.decisions import Decision
from apps.approvals.kinds import request_kinds
from apps.approvals.models import ChangeRequest
from apps.plans.kinds import resting, subject_relations
from apps.plans.models import Plan


def requests_of(plan: Plan, *kinds: str) -> QuerySet[ChangeRequest]:
    """Of the plan and these kinds (default: all), with everything that a row shows; the waiting
    ones first.
    """
    rows = ChangeRequest.objects.filter(plan=plan, kind__in=kinds or request_kinds())
    waiting = Case(When(decision=Decision.PENDING, then=Value(0)), default=Value(1))
    return rows.select_related(
        *subject_relations("subject"), "requested_by", "decided_by"
    ).order_by(waiting, "-requested_at", "-id")


def waiting_count(plan: Plan, *kinds: str) -> int:
    """How many wait for a decision; those about what is archived rest."""
    waiting = requests_of(plan, *kinds).filter(decision=Decision.PENDING)
    return waiting.exclude(resting("subject")).count()
