"""The outbox as the API gives it."""

from rest_framework import serializers

from apps.outbox.models import Notification


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One message to one person, and how far it has come."""

    topic = serializers.CharField(source="kind", read_only=True)
    recipient = serializers.CharField(source="recipient.username", read_only=True)

    class Meta:
        model = Notification
        fields = [
            "id",
            "topic",
            "thread",
            "step",
            "recipient",
            "channel",
            "state",
            "reason",
            "created_at",
            "next_action_at",
            "attempts",
            "sent_at",
            "server_reply",
            "last_error",
        ]
