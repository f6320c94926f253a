"""What the outbox of a plan holds."""

from django.db.models import Count, Q, QuerySet

from apps.outbox.models import Notification, NotificationState
from apps.plans.models import Plan

WINDOW = 50


def plan_notifications(plan: Plan) -> QuerySet[Notification]:
    """Messages of the plan, the newest first."""
    rows = Notification.objects.filter(plan=plan).select_related("recipient")
    return rows.order_by("-created_at", "-pk")


def outbox_counts(plan: Plan) -> dict[str, int]:
    """How many messages are in each state (one query)."""
    rows = Notification.objects.filter(plan=plan).order_by()
    return rows.aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in NotificationState.values}
    )
