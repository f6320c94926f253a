"""Objectives and their key results, and the words of their columns."""

from apps.objectives.models.check_in import CheckIn
from apps.objectives.models.key_result import (
    CountedMilestone,
    KeyResult,
    KeyResultTarget,
)
from apps.objectives.models.objective import Comment, Objective
from apps.objectives.models.target_change import ChangeKind, Decision, TargetChange
from apps.plans.engine.key_results import KeyResultKind

__all__ = [
    "ChangeKind",
    "CheckIn",
    "Comment",
    "CountedMilestone",
    "Decision",
    "KeyResult",
    "KeyResultKind",
    "KeyResultTarget",
    "Objective",
    "TargetChange",
]
