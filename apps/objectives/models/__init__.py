from apps.objectives.models.check_in import CheckIn
from apps.objectives.models.key_result import (
    CountedMilestone,
    KeyResult,
    KeyResultKind,
    KeyResultTarget,
)
from apps.objectives.models.objective import Comment, Objective
from apps.objectives.models.target_change import ChangeKind, Decision, TargetChange

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
