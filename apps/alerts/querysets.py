"""Business nouns of alerts that chain."""

from typing import Any, Self

from django.db import models


class AlertQuerySet(models.QuerySet[Any]):
    """Stretches of lateness."""

    def open(self) -> Self:
        """Alerts that still stand."""
        return self.filter(closed_on=None)
