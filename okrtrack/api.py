"""The API: signed in, one plan at a time; what is written goes the way of the pages.

Its description is at /api/schema/.
"""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from apps.alerts.api import AlertViewSet
from apps.cadence.api import CheckInReportViewSet, DisciplineViewSet, WeekViewSet
from apps.core.api_docs import api_docs
from apps.milestones.api import MilestoneViewSet, TaskViewSet, WorkPackageViewSet
from apps.objectives.api import (
    KeyResultViewSet,
    ObjectiveViewSet,
    TargetChangeViewSet,
    TargetViewSet,
)
from apps.outbox.api import NotificationViewSet
from apps.plans.api import (
    ItemExplanationViewSet,
    LevelChangeViewSet,
    LinkViewSet,
    PhaseViewSet,
    PlanViewSet,
)
from apps.plans.api.base import KEY
from apps.risks.api import RiskViewSet

OF_A_PLAN = {
    "phases": PhaseViewSet,
    "objectives": ObjectiveViewSet,
    "key-results": KeyResultViewSet,
    "targets": TargetViewSet,
    "target-changes": TargetChangeViewSet,
    "check-ins": CheckInReportViewSet,
    "week": WeekViewSet,
    "discipline": DisciplineViewSet,
    "milestones": MilestoneViewSet,
    "work-packages": WorkPackageViewSet,
    "tasks": TaskViewSet,
    "links": LinkViewSet,
    "risks": RiskViewSet,
    "alerts": AlertViewSet,
    "notifications": NotificationViewSet,
    "level-changes": LevelChangeViewSet,
    "items": ItemExplanationViewSet,
}

router = SimpleRouter()
router.register("plans", PlanViewSet, basename="plan")
for noun, viewset in OF_A_PLAN.items():
    router.register(f"plans/(?P<plan>{KEY})/{noun}", viewset, basename=noun.removesuffix("s"))

app_name = "api"
urlpatterns = [
    path("", api_docs, name="docs"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
