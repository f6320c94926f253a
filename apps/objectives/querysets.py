"""Business nouns of key results that chain."""

from typing import Any, Self

from django.db import models

from apps.plans.engine.items import ItemState


class CheckInQuerySet(models.QuerySet[Any]):
    """Reported values."""

    def latest_first(self) -> Self:
        """By the date they are for, then by the moment they were entered."""
        return self.order_by("key_result_id", "-for_on", "-entered_at", "-id")

    def in_force(self) -> Self:
        """One row a key result and date: the last one entered."""
        return self.order_by("key_result_id", "for_on", "-entered_at", "-id").distinct(
            "key_result_id", "for_on"
        )

    def newest(self) -> Self:
        """One row a key result: the last date's last row."""
        return self.latest_first().distinct("key_result_id")


class CountedQuerySet(models.QuerySet[Any]):
    """Milestones that a share counts, or has counted."""

    def current(self) -> Self:
        """Those that count now, due first first; a cancelled one counts no more."""
        live = self.filter(counts_until=None).exclude(item__state=ItemState.CANCELLED)
        return live.order_by("item__finish_on", "item_id")
