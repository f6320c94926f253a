"""Alerts and the outbox, to be read."""

import django_filters

from apps.alerts.models import ALERT_LEVELS, Alert, Notification, NotificationState
from apps.alerts.serializers import AlertSerializer, NotificationSerializer
from apps.plans.api import PlanFilter, PlanListViewSet


class AlertFilter(PlanFilter):
    """By level, item, and whether it still stands."""

    level = django_filters.MultipleChoiceFilter(choices=ALERT_LEVELS)
    item = django_filters.NumberFilter("item_id")
    is_open = django_filters.BooleanFilter("closed_on", "isnull")

    class Meta:
        model = Alert
        fields: list[str] = []


class AlertViewSet(PlanListViewSet):
    """Stretches of lateness, the newest first."""

    queryset = Alert.objects.order_by("-changed_on", "-pk")
    serializer_class = AlertSerializer
    filterset_class = AlertFilter


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
