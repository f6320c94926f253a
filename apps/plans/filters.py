"""Filters of what every plan has, and what the filters of other nouns are made of."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import Choice, ListFilter, NumberFilter, SearchFilter, WordsFilter
from apps.core.ui.badges import BADGES
from apps.people.models import User
from apps.plans.engine.levels import LATE, WORST_FIRST
from apps.plans.models import Item, ItemState, Plan
from apps.plans.models.item import LEVELS, LINK_KINDS

NOBODY, MYSELF = "none", "me"
ITEM_LEVELS = [
    ("late", _("Late: yellow or worse")),
    *((key, BADGES[key].word) for key in WORST_FIRST),
]
ITEM_STATES = [
    (key, BADGES[key].word)
    for key in ("open", "silent", "no_owner", "paused", "finished", "cancelled")
]


class OwnerFilter(django_filters.CharFilter):  # type: ignore[misc]
    """A user name, "me" or "none"."""

    def __init__(self, field_name: str = "owner") -> None:
        super().__init__(
            field_name, label=_("Owner"), help_text='the owner\'s user name, "me" or "none"'
        )

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of that person."""
        if value == NOBODY:
            return rows.filter(**{self.field_name: None})
        if value == MYSELF:
            return rows.filter(**{self.field_name: self.parent.request.user})
        return rows.filter(**{f"{self.field_name}__username": value}) if value else rows


def team_filter(field_name: str = "team") -> Any:
    """A team by its key."""
    return django_filters.CharFilter(
        f"{field_name}__key", label=_("Team"), help_text="the team's key"
    )


def named(people: QuerySet[User]) -> list[Choice]:
    """People by user name (one query)."""
    return [(row.username, str(row)) for row in people.distinct().order_by("display_name")]


def owner_choices(people: QuerySet[User]) -> list[Choice]:
    """Owners, with "mine" and "no owner" first (one query)."""
    return [(MYSELF, _("Me")), (NOBODY, _("No owner")), *named(people)]


def phase_choices(plan: Plan) -> list[Choice]:
    """Phases by number (one query)."""
    rows = plan.phases.values_list("number", "name")
    return [(str(number), f"{number}. {name}") for number, name in rows]


def team_choices(plan: Plan) -> list[Choice]:
    """Teams by tier (one query)."""
    return list(plan.teams.values_list("key", "name"))


class ItemFilter(ListFilter):
    """Filters of tasks, milestones and targets: of rows that are items, or that have one."""

    q = SearchFilter(
        "name__icontains",
        "code__startswith",
        "key__istartswith",
        help_text="part of the name, or how the WBS code or the key begins",
    )
    level = WordsFilter(label=_("Level"), choices=ITEM_LEVELS, method="by_level")
    state = WordsFilter(label=_("State"), choices=ITEM_STATES, method="by_state")
    owner = OwnerFilter()
    team = team_filter()
    finish_from = django_filters.DateFilter("finish_on", "gte", label="planned finish, from")
    finish_to = django_filters.DateFilter("finish_on", "lte", label="planned finish, to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.queryset.model is not Item:
            self.at = "item__"
            for name in ItemFilter.base_filters:
                self.filters[name].field_name = f"item__{self.filters[name].field_name}"

    def by_level(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """A level, or "late" for all that are."""
        levels = [*value, *(LATE if "late" in value else ())]
        return rows.filter(**{f"{self.at}level__in": levels})

    def by_state(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """A state of the item, or one of those that only open items have."""
        is_open = Q(**{f"{self.at}state": ItemState.OPEN})
        found = Q(**{f"{self.at}state__in": value})
        if "silent" in value:
            found |= is_open & Q(**{f"{self.at}silent_on__lte": self.request.plan.today()})
        if "no_owner" in value:
            found |= is_open & Q(**{f"{self.at}owner": None})
        return rows.filter(found)


class LinkFilter(ListFilter):
    """By the item at either end, and by kind."""

    predecessor = NumberFilter("predecessor_id")
    successor = NumberFilter("successor_id")
    kind = WordsFilter(choices=LINK_KINDS)


class LevelChangeFilter(ListFilter):
    """By item, new level and day."""

    item = NumberFilter("item_id")
    new_level = WordsFilter(choices=LEVELS)
    changed_from = django_filters.DateFilter("changed_on", "gte")
    changed_to = django_filters.DateFilter("changed_on", "lte")
