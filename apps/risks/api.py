"""The risk register, to be read."""

from apps.plans.api import PlanReadViewSet
from apps.risks.filters import RiskFilter
from apps.risks.models import Risk
from apps.risks.serializers import RiskSerializer


class RiskViewSet(PlanReadViewSet):
    """Risks of the plan in their order, with responses and what they threaten."""

    queryset = (
        Risk.objects.select_related("category", "owner")
        .prefetch_related("responses__owner", "milestones", "key_results")
        .order_by("position", "pk")
    )
    serializer_class = RiskSerializer
    filterset_class = RiskFilter
