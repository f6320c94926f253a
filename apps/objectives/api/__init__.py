"""Objectives, key results, targets and check-ins for other programs.

What people do on the pages, by the same forms, services and permissions.
"""

from apps.objectives.api.check_ins import CheckInViewSet
from apps.objectives.api.key_results import KeyResultViewSet
from apps.objectives.api.objectives import ObjectiveViewSet
from apps.objectives.api.target_changes import TargetChangeViewSet
from apps.objectives.api.targets import TargetViewSet

__all__ = [
    "CheckInViewSet",
    "KeyResultViewSet",
    "ObjectiveViewSet",
    "TargetChangeViewSet",
    "TargetViewSet",
]
