"""Requests to move targets: the waiting ones first."""

from django.db.models import Case, QuerySet, Value, When

from apps.objectives.models import Decision, KeyResult, TargetChange
from apps.plans.models import Plan


def requests_of(plan: Plan, key_result: KeyResult | None = None) -> QuerySet[TargetChange]:
    """Of the plan, or of one key result; with everything that a row shows."""
    rows = TargetChange.objects.filter(key_result__plan=plan)
    if key_result is not None:
        rows = rows.filter(key_result=key_result)
    waiting = Case(When(decision=Decision.PENDING, then=Value(0)), default=Value(1))
    return rows.select_related("key_result__objective", "requested_by", "decided_by").order_by(
        waiting, "-requested_at", "-id"
    )


def waiting_count(plan: Plan) -> int:
    """How many requests wait for the PMO; those of archived objectives rest."""
    waiting = requests_of(plan).filter(decision=Decision.PENDING)
    return waiting.filter(key_result__objective__archived_at=None).count()
