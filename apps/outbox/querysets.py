"""Business nouns of the outbox that chain."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q


class NotificationQuerySet(models.QuerySet[Any]):
    def due(self, now: dt.datetime) -> Self:
        """Messages to try now, those a killed sender left behind included.

        Those of an archived plan rest until it is taken up again.
        """
        living = Q(plan=None) | Q(plan__archived_at=None)
        return self.filter(living, next_action_at__lte=now).order_by("next_action_at", "id")
