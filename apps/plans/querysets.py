"""Business nouns of plans that chain."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Value, When

from apps.plans.engine.items import ItemState
from apps.plans.engine.levels import LATE, Level, rank_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


def level_rank(field: str = "level") -> Case:
    """SQL: the rank of a level, 3 for red down to 0 for on plan; -1 where there is no level."""
    return Case(
        *(When(**{field: level.value}, then=Value(level.rank)) for level in Level),
        default=Value(rank_of("")),
        output_field=IntegerField(),
    )


class PlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "AbstractUser | AnonymousUser") -> Self:
        """Plans in which the person has a membership."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(archived_at=None, memberships__user=user).distinct()


class ItemQuerySet(models.QuerySet[Any]):
    """Everything that can be late."""

    def due(self, today: dt.date) -> Self:
        """Items whose level changes on or before this day: one probe of the partial index."""
        return self.filter(next_change_on__lte=today)

    def late(self) -> Self:
        """Open items that are yellow, orange or red and raise an alert."""
        return self.filter(state=ItemState.OPEN, is_projection=False, level__in=LATE)

    def silent(self, today: dt.date) -> Self:
        """Items without a check-in since their grace ended."""
        return self.filter(state=ItemState.OPEN, silent_on__lte=today)
