"""Milestones and tasks for other programs."""

from apps.milestones.api.acceptance import MilestoneViewSet
from apps.milestones.api.reading import TaskViewSet

__all__ = ["MilestoneViewSet", "TaskViewSet"]
