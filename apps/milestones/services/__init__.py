"""Writes of milestones and tasks."""

from apps.milestones.services.milestones import milestone_create, milestones_measure
from apps.milestones.services.tasks import TaskProgress, task_create, task_report

__all__ = [
    "TaskProgress",
    "milestone_create",
    "milestones_measure",
    "task_create",
    "task_report",
]
