"""Alerts, to be read."""

from apps.alerts.filters import AlertFilter
from apps.alerts.models import Alert
from apps.alerts.serializers import AlertSerializer
from apps.plans.api import PlanListViewSet


class AlertViewSet(PlanListViewSet):
    """Stretches of lateness, the newest first."""

    queryset = Alert.objects.order_by("-changed_on", "-pk")
    serializer_class = AlertSerializer
    filterset_class = AlertFilter
