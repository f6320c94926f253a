"""Business nouns of alerts that chain."""

import datetime as dt
from typing import Any, Self

from django.db import models


class AlertQuerySet(models.QuerySet[Any]):
    """Stretches of lateness."""

    def open(self) -> Self:
        """Alerts that still stand."""
        return self.filter(closed_on=None)


class NotificationQuerySet(models.QuerySet[Any]):
    """The outbox."""

    def due(self, now: dt.datetime) -> Self:
        """Messages to try now, those a killed sender left behind included."""
        return self.filter(next_action_at__lte=now).order_by("next_action_at", "id")
