"""What becomes of a request, and what a decision must say."""

from enum import StrEnum

from apps.plans.engine.errors import PlanRuleError, gettext_noop


class Decision(StrEnum):
    """What became of a request."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


# what somebody wishes to become of it
WISHES = {
    "approve": Decision.APPROVED,
    "reject": Decision.REJECTED,
    "withdraw": Decision.WITHDRAWN,
}


def note_problems(decision: Decision, note: str) -> list[PlanRuleError]:
    """What stands against such a decision with this note: nothing is rejected in silence."""
    if decision is Decision.REJECTED and not note.strip():
        return [
            PlanRuleError("request.note_missing", gettext_noop("Say why the request is rejected."))
        ]
    return []
