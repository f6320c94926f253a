"""Milestones, work packages and tasks for other programs."""

from apps.milestones.api.acceptance import MilestoneViewSet
from apps.milestones.api.tree import TaskViewSet, WorkPackageViewSet

__all__ = ["MilestoneViewSet", "TaskViewSet", "WorkPackageViewSet"]
