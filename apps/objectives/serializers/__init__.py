"""Objectives, key results, their dated targets and check-ins as the API gives and takes them."""

from apps.objectives.serializers.reading import (
    CheckInSerializer,
    CommentSerializer,
    KeyResultSerializer,
    ObjectiveSerializer,
    TargetSerializer,
)

__all__ = [
    "CheckInSerializer",
    "CommentSerializer",
    "KeyResultSerializer",
    "ObjectiveSerializer",
    "TargetSerializer",
]
