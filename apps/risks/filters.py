"""Filters of the risk register."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import ListFilter, SearchFilter, WordsFilter
from apps.people.models import User
from apps.plans.filters import OwnerFilter, owner_choices
from apps.risks.domain import SCALE, Band
from apps.risks.models import STATES, STRATEGIES, Risk
from apps.risks.presentation.bands import WORDS
from apps.risks.selectors.risks import band_filter

RATINGS = [(number, str(number)) for number in SCALE]


class RiskFilter(ListFilter):
    """By category, band, owner, strategy and state; by a cell of the matrix."""

    shown = ("q", "category", "band", "owner", "strategy", "state")
    offers = {
        "category": lambda plan: plan.risk_categories.values_list("key", "name"),
        "owner": lambda plan: owner_choices(User.objects.filter(risks__plan=plan)),
    }
    q = SearchFilter(
        "name__icontains",
        "description__icontains",
        "indicator__icontains",
        help_text="part of the name, description or indicator",
    )
    category = django_filters.CharFilter(
        "category__key", label=_("Category"), help_text="the category's key"
    )
    band = WordsFilter(
        label=_("Rating"),
        choices=[(band.value, word) for band, word in WORDS.items()],
        method="by_band",
    )
    owner = OwnerFilter()
    strategy = WordsFilter(label=_("Response"), choices=STRATEGIES, method="by_strategy")
    state = WordsFilter(label=_("State"), choices=STATES)
    probability = WordsFilter(choices=RATINGS)
    impact = WordsFilter(choices=RATINGS)

    def by_band(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """Every rating of the bands."""
        return rows.filter(reduce(or_, (band_filter(Band(word)) for word in value)))

    def by_strategy(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """Those with such a response, each once."""
        answered = Risk.objects.filter(responses__strategy__in=value)
        return rows.filter(pk__in=answered.values("pk"))
