from apps.objectives.models.check_in import CheckIn
from apps.objectives.models.key_result import (
    Decision,
    KeyResult,
    KeyResultKind,
    KeyResultTarget,
    TargetChange,
)
from apps.objectives.models.objective import Comment, Objective

__all__ = [
    "CheckIn",
    "Comment",
    "Decision",
    "KeyResult",
    "KeyResultKind",
    "KeyResultTarget",
    "Objective",
    "TargetChange",
]
