"""Alerts, to be read."""

import django_filters

from apps.alerts.models import ALERT_LEVELS, Alert
from apps.alerts.serializers import AlertSerializer
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
