"""Objectives and their key results, and the words of their columns."""

from apps.objectives.models.check_in import CheckIn
from apps.objectives.models.key_result import (
    CountedMilestone,
    KeyResult,
    KeyResultTarget,
)
from apps.objectives.models.objective import Comment, Objective
from apps.plans.engine.key_results import KeyResultKind

__all__ = [
    "CheckIn",
    "Comment",
    "CountedMilestone",
    "KeyResult",
    "KeyResultKind",
    "KeyResultTarget",
    "Objective",
]
