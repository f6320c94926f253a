"""The plan's part of the API, and what the other apps' parts are made of."""

from apps.plans.api.base import (
    ItemViewSet,
    PlanListViewSet,
    PlanReadViewSet,
)
from apps.plans.api.views import (
    ItemExplanationViewSet,
    LevelChangeViewSet,
    LinkViewSet,
    PhaseViewSet,
    PlanViewSet,
)

__all__ = [
    "ItemExplanationViewSet",
    "ItemViewSet",
    "LevelChangeViewSet",
    "LinkViewSet",
    "PhaseViewSet",
    "PlanListViewSet",
    "PlanReadViewSet",
    "PlanViewSet",
]
