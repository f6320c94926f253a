"""The plan's part of the API, and what the other apps' parts are made of."""

from apps.plans.api.base import (
    REFUSED,
    ItemFilter,
    ItemViewSet,
    PlanFilter,
    PlanListViewSet,
    PlanReadViewSet,
    YesNoFilter,
)
from apps.plans.api.views import (
    ItemExplanationViewSet,
    LevelChangeViewSet,
    LinkViewSet,
    PhaseViewSet,
    PlanViewSet,
)

__all__ = [
    "REFUSED",
    "ItemExplanationViewSet",
    "ItemFilter",
    "ItemViewSet",
    "LevelChangeViewSet",
    "LinkViewSet",
    "PhaseViewSet",
    "PlanFilter",
    "PlanListViewSet",
    "PlanReadViewSet",
    "PlanViewSet",
    "YesNoFilter",
]
