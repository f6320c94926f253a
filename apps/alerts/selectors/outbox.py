"""Rows of the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from apps.alerts.models import Notification, NotificationState
from apps.alerts.selectors.letters import subject_of
from apps.core.forms.filters import Choice
from apps.people.models import User
from apps.plans.models import Plan

WINDOW = 50


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message and what it is about, in the reader's language."""

    notification: Notification
    subject: str
    href: str

    @property
    def can_wait(self) -> bool:
        """Whether it has not gone out, so that sending again makes sense."""
        return self.notification.state in (NotificationState.FAILED, NotificationState.PENDING)


def outbox_choices(plan: Plan) -> dict[str, list[Choice]]:
    """Options of the filter form (one query)."""
    people = User.objects.filter(notifications__plan=plan).distinct().order_by("display_name")
    return {
        "state": list(NotificationState.choices),
        "recipient": [(row.username, str(row)) for row in people],
    }


def filtered_notifications(plan: Plan, chosen: dict[str, str]) -> QuerySet[Notification]:
    """Messages of the plan that match, the newest first."""
    rows = Notification.objects.filter(plan=plan)
    if text := chosen.get("q"):
        rows = rows.filter(
            Q(address__icontains=text)
            | Q(recipient__display_name__icontains=text)
            | Q(alert__item__name__icontains=text)
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


def outbox_rows(notifications: Iterable[Notification], prefix: str) -> list[OutboxRow]:
    """Rows of a page; no queries. ``prefix`` is the address of the outbox."""
    return [OutboxRow(row, subject_of(row), f"{prefix}{row.pk}/") for row in notifications]
