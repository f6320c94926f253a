"""What the outbox of a plan holds."""

from django.db.models import BooleanField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from apps.core.forms.filters import Choice
from apps.outbox.models import Notification, NotificationState
from apps.people.models import User
from apps.plans.models import Plan

WINDOW = 50
# Any name in the entries of a message: of items, key results, objectives.
# position(), not LIKE: a % or _ that somebody types stands for itself.
NAMED = """
EXISTS (
    SELECT 1 FROM jsonb_path_query(outbox_notification.payload, '$.entries[*].**.name') said
    WHERE position(lower(%s) in lower(said #>> '{}')) > 0
)
"""


def outbox_choices(plan: Plan) -> dict[str, list[Choice]]:
    """Options of the filter form (one query)."""
    people = User.objects.filter(notifications__plan=plan).distinct().order_by("display_name")
    return {
        "state": list(NotificationState.choices),
        "recipient": [(row.username, str(row)) for row in people],
    }


def filtered_notifications(plan: Plan, chosen: dict[str, str]) -> QuerySet[Notification]:
    """Messages of the plan that match, the newest first.

    Text is looked for in the recipient and in the names that the message holds.
    """
    rows = Notification.objects.filter(plan=plan)
    if text := chosen.get("q"):
        rows = rows.filter(
            Q(address__icontains=text)
            | Q(recipient__display_name__icontains=text)
            | Q(RawSQL(NAMED, [text], output_field=BooleanField()))  # noqa: S611 - our own SQL
        )
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    if recipient := chosen.get("recipient"):
        rows = rows.filter(recipient__username=recipient)
    return rows.select_related("recipient").order_by("-created_at", "-pk")


def outbox_counts(plan: Plan) -> dict[str, int]:
    """How many messages are in each state (one query)."""
    rows = Notification.objects.filter(plan=plan).order_by()
    return rows.aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in NotificationState.values}
    )
