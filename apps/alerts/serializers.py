"""Alerts as the API gives them."""

from rest_framework import serializers

from apps.alerts.models import Alert


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
