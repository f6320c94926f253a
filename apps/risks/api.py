"""The risk register, to be read."""

import django_filters
from django.db.models import QuerySet

from apps.plans.api import PlanFilter, PlanReadViewSet
from apps.risks.domain import Band
from apps.risks.models import STATES, STRATEGIES, Risk
from apps.risks.presentation.bands import WORDS
from apps.risks.selectors.filtering import band_filter
from apps.risks.serializers import RiskSerializer


class RiskFilter(PlanFilter):
    """By category, band, owner, strategy and state."""

    category = django_filters.CharFilter("category__key")
    band = django_filters.ChoiceFilter(
        choices=[(band.value, word) for band, word in WORDS.items()], method="filter_band"
    )
    owner = django_filters.CharFilter("owner__username")
    strategy = django_filters.ChoiceFilter("responses__strategy", choices=STRATEGIES, distinct=True)
    state = django_filters.ChoiceFilter(choices=STATES)

    class Meta:
        model = Risk
        fields: list[str] = []

    def filter_band(self, risks: QuerySet[Risk], name: str, value: str) -> QuerySet[Risk]:
        """Every rating of the band."""
        return risks.filter(band_filter(Band(value)))


class RiskViewSet(PlanReadViewSet):
    """Risks of the plan in their order, with responses and what they threaten."""

    queryset = (
        Risk.objects.select_related("category", "owner")
        .prefetch_related("responses__owner", "milestones", "key_results")
        .order_by("position", "pk")
    )
    serializer_class = RiskSerializer
    filterset_class = RiskFilter
