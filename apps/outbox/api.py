"""The outbox, to be read."""

from apps.outbox.filters import NotificationFilter
from apps.outbox.models import Notification
from apps.outbox.serializers import NotificationSerializer
from apps.plans.api import PlanListViewSet


class NotificationViewSet(PlanListViewSet):
    """Who was told what and when, the newest first, without the mail addresses."""

    queryset = Notification.objects.select_related("recipient").order_by("-created_at", "-pk")
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
