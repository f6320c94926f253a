"""The outbox, to be read."""

import django_filters

from apps.outbox.models import Notification, NotificationState
from apps.outbox.serializers import NotificationSerializer
from apps.plans.api import PlanFilter, PlanListViewSet


class NotificationFilter(PlanFilter):
    """By state and recipient."""

    state = django_filters.MultipleChoiceFilter(choices=NotificationState.choices)
    recipient = django_filters.CharFilter("recipient__username")

    class Meta:
        model = Notification
        fields: list[str] = []


class NotificationViewSet(PlanListViewSet):
    """Who was told what and when, the newest first, without the mail addresses."""

    queryset = Notification.objects.select_related("recipient").order_by("-created_at", "-pk")
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
