"""Who may change objectives and key results. Targets move only with the approval of the PMO."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import declare_open
from apps.objectives.models import KeyResult, Objective
from apps.plans.models import Plan
from apps.plans.permissions import ADMIN, ANY_LEAD, LEAD, OWNER, PMO, Who, rule

can_create_objective, check_can_create_objective = rule(
    "add",
    "objective",
    of=Plan,
    who=(ADMIN, PMO, ANY_LEAD),
    refusal=_("Only administrators, the PMO and team leads may add objectives."),
)

can_edit_objective, check_can_edit_objective = rule(
    "change",
    "objective",
    of=Objective,
    who=(ADMIN, PMO, LEAD, OWNER),
    refusal=_(
        "Only administrators, the PMO, the lead of its team and its owner may change "
        "this objective."
    ),
)

KEEPS_ITS_OBJECTIVE: Who[KeyResult] = Who(
    "whoever may change its objective",
    lambda user, roles, key_result: can_edit_objective(user, roles, key_result.objective),
)
can_edit_key_result, check_can_edit_key_result = rule(
    "change",
    "key result",
    of=KeyResult,
    who=(ADMIN, PMO, LEAD, OWNER, KEEPS_ITS_OBJECTIVE),
    refusal=_(
        "Only administrators, the PMO, the lead of its team and its owner may change "
        "this key result."
    ),
)

# bounds, weight and a known baseline are agreed; others keep to them
can_move_line, check_can_move_line = rule(
    "move the line of",
    "key result",
    of=KeyResult,
    who=(ADMIN, PMO),
    refusal=_("Only administrators and the PMO move bounds, weight or a known baseline."),
)

can_decide_targets, check_can_decide_targets = rule(
    "approve or reject",
    "change of a target",
    of=Plan,
    who=(ADMIN, PMO),
    refusal=_("Only the PMO approves or rejects a change of a target."),
)

declare_open("comment on", "objective or key result", ["every member of the plan"])


def check_is_open(objective: Objective) -> None:
    """A state, not a permission: what is archived or closed stays as it is, whoever asks.

    Raises PermissionDenied with the reason.
    """
    if objective.archived_at is not None:
        raise PermissionDenied(gettext("This objective is archived. Restore it to change it."))
    if objective.closed_on is not None:
        raise PermissionDenied(gettext("This objective is closed. Copy it to go on with it."))
