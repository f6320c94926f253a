"""Filters of milestones and tasks: from the form's words to a condition on their items."""

import datetime as dt

from django.db.models import Q

from apps.milestones.selectors.choices import MYSELF, NOBODY
from apps.people.models import User
from apps.plans.engine.items import ItemState
from apps.plans.engine.levels import LATE


def item_filter(chosen: dict[str, str], user: User, today: dt.date) -> Q:
    """Search, owner, team, level and state of a row's item."""
    condition = Q()
    if text := chosen.get("q"):
        condition &= Q(item__name__icontains=text) | Q(item__code__startswith=text)
    if owner := chosen.get("owner"):
        condition &= owner_filter(owner, user)
    if team := chosen.get("team"):
        condition &= Q(item__team__key=team)
    if level := chosen.get("level"):
        condition &= Q(item__level__in=LATE) if level == "late" else Q(item__level=level)
    if state := chosen.get("state"):
        condition &= state_filter(state, today)
    return condition


def owner_filter(owner: str, user: User) -> Q:
    """A username, "me" or "none"."""
    if owner == NOBODY:
        return Q(item__owner=None)
    if owner == MYSELF:
        return Q(item__owner=user)
    return Q(item__owner__username=owner)


def state_filter(state: str, today: dt.date) -> Q:
    """A state of the item, or one of those that only open items have."""
    if state == "silent":
        return Q(item__state=ItemState.OPEN, item__silent_on__lte=today)
    if state == "no_owner":
        return Q(item__state=ItemState.OPEN, item__owner=None)
    return Q(item__state=state)
