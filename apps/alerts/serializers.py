"""Alerts and the outbox as the API gives them."""

from rest_framework import serializers

from apps.alerts.models import Alert, Notification


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """One stretch of lateness of one item; ``item`` and ``root`` are ids of items."""

    class Meta:
        model = Alert
        fields = [
            "id",
            "item",
            "root",
            "level",
            "worst_level",
            "opened_on",
            "changed_on",
            "closed_on",
            "is_muted",
        ]


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One message to one person, and how far it has come."""

    recipient = serializers.CharField(source="recipient.username", read_only=True)

    class Meta:
        model = Notification
        fields = [
            "id",
            "topic",
            "alert",
            "step",
            "recipient",
            "channel",
            "state",
            "created_at",
            "next_action_at",
            "attempts",
            "sent_at",
            "server_reply",
            "last_error",
        ]
