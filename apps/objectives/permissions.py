"""Who may change objectives and key results. A check raises a sentence; its twin answers yes or no.

Administrators and the PMO change everything of the plan, a team lead what belongs to the team, an
owner what is owned. Targets move only with the approval of the PMO.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from apps.objectives.models import KeyResult, Objective, TargetChange
from apps.people.models import User
from apps.plans.models import Membership
from apps.plans.permissions import is_steward, led_teams


def can_create_objective(roles: Sequence[Membership]) -> bool:
    """Administrator, PMO, or lead of a team."""
    return is_steward(roles) or bool(led_teams(roles))


def check_can_create_objective(roles: Sequence[Membership]) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_create_objective(roles):
        raise PermissionDenied(_("Only administrators, the PMO and team leads may add objectives."))


def can_edit_objective(user: User, roles: Sequence[Membership], objective: Objective) -> bool:
    """Administrator, PMO, lead of its team, or its owner."""
    return (
        is_steward(roles)
        or objective.team_id in led_teams(roles)
        or (bool(roles) and objective.owner_id == user.pk)
    )


def check_can_edit_objective(user: User, roles: Sequence[Membership], objective: Objective) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_edit_objective(user, roles, objective):
        raise PermissionDenied(
            _(
                "Only administrators, the PMO, the lead of its team and its owner may change "
                "this objective."
            )
        )


def check_is_open(objective: Objective) -> None:
    """Raises PermissionDenied for an objective that is archived or closed: it stays as it is."""
    if objective.archived_at is not None:
        raise PermissionDenied(_("This objective is archived. Restore it to change it."))
    if objective.closed_on is not None:
        raise PermissionDenied(_("This objective is closed. Copy it to go on with it."))


def can_edit_key_result(user: User, roles: Sequence[Membership], key_result: KeyResult) -> bool:
    """Administrator, PMO, lead of its team, its owner, or who may edit its objective."""
    return (
        is_steward(roles)
        or key_result.team_id in led_teams(roles)
        or (bool(roles) and key_result.owner_id == user.pk)
        or can_edit_objective(user, roles, key_result.objective)
    )


def check_can_edit_key_result(
    user: User, roles: Sequence[Membership], key_result: KeyResult
) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_edit_key_result(user, roles, key_result):
        raise PermissionDenied(
            _(
                "Only administrators, the PMO, the lead of its team and its owner may change "
                "this key result."
            )
        )


def can_move_line(roles: Sequence[Membership]) -> bool:
    """Administrator or PMO: bounds, weight and a known baseline are agreed; others keep to them."""
    return is_steward(roles)


def check_can_move_line(roles: Sequence[Membership]) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_move_line(roles):
        raise PermissionDenied(
            _("Only administrators and the PMO move bounds, weight or a known baseline.")
        )


def can_decide_targets(roles: Sequence[Membership]) -> bool:
    """Administrator or PMO."""
    return is_steward(roles)


def check_can_decide_targets(roles: Sequence[Membership]) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_decide_targets(roles):
        raise PermissionDenied(_("Only the PMO approves or rejects a change of a target."))


def check_can_withdraw_request(user: User, request: TargetChange) -> None:
    """Raises PermissionDenied for everybody but the person who asked."""
    if request.requested_by_id != user.pk:
        raise PermissionDenied(_("Only the person who made the request may withdraw it."))
