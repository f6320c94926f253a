"""Filters of the outbox."""

from typing import Any

import django_filters
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import ListFilter, SearchFilter, WordsFilter
from apps.outbox.models import NotificationState
from apps.people.models import User
from apps.plans.filters import named

# Any name in the entries of a message: of items, key results, objectives.
# position(), not LIKE: a % or _ that somebody types stands for itself.
NAMED = """
EXISTS (
    SELECT 1 FROM jsonb_path_query(outbox_notification.payload, '$.entries[*].**.name') said
    WHERE position(lower(%s) in lower(said #>> '{}')) > 0
)
"""


class NotificationFilter(ListFilter):
    """By state, recipient, and text in the recipient or in the names that a message holds."""

    shown = ("q", "state", "recipient")
    offers = {"recipient": lambda plan: named(User.objects.filter(notifications__plan=plan))}
    q = SearchFilter(method="by_text", help_text="part of the recipient or of a name in it")
    state = WordsFilter(label=_("State"), choices=NotificationState.choices)
    recipient = django_filters.CharFilter(
        "recipient__username", label=_("Recipient"), help_text="the recipient's user name"
    )

    def by_text(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Where it stands."""
        return rows.filter(
            Q(address__icontains=value)
            | Q(recipient__display_name__icontains=value)
            | Q(RawSQL(NAMED, [value], output_field=BooleanField()))  # noqa: S611 - our own SQL
        )
