from apps.objectives.models.check_in import CheckIn
from apps.objectives.models.key_result import KeyResult, KeyResultKind, KeyResultTarget
from apps.objectives.models.objective import Comment, Objective
from apps.objectives.models.target_change import ChangeKind, Decision, TargetChange

__all__ = [
    "ChangeKind",
    "CheckIn",
    "Comment",
    "Decision",
    "KeyResult",
    "KeyResultKind",
    "KeyResultTarget",
    "Objective",
    "TargetChange",
]
