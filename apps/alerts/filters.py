"""Filters of alerts."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.alerts.models import ALERT_LEVELS
from apps.core.forms.filters import ListFilter, NumberFilter, SearchFilter, WordsFilter, YesNoFilter
from apps.people.models import User
from apps.plans.filters import OwnerFilter, owner_choices, team_choices, team_filter
from apps.plans.models import ItemKind

STANDING = ("open", "closed", "all")


class AlertFilter(ListFilter):
    """By level, by whether it still stands, and by its item."""

    shown = ("q", "level", "kind", "team", "owner")
    offers = {
        "team": team_choices,
        "owner": lambda plan: owner_choices(User.objects.filter(items__alerts__plan=plan)),
    }
    q = SearchFilter(
        "item__name__icontains", "item__key__icontains", help_text="part of the item's name or key"
    )
    level = WordsFilter(label=_("Level"), choices=ALERT_LEVELS)
    kind = WordsFilter("item__kind", label=_("Kind"), choices=ItemKind.choices)
    team = team_filter("item__team")
    owner = OwnerFilter("item__owner")
    item = NumberFilter("item_id")
    is_open = YesNoFilter("closed_on", "isnull")
    state = django_filters.ChoiceFilter(
        choices=[(name, name) for name in STANDING], method="by_state"
    )

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Open, closed or all of them."""
        return rows if value == "all" else rows.filter(closed_on__isnull=value == "open")
