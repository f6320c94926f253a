"""Who may mark criteria and accept milestones. A check raises a sentence; its twin says yes or no.

Whoever answers for a milestone says what is met; administrators and the PMO accept it.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from apps.people.models import User
from apps.plans.models import Item, Membership
from apps.plans.permissions import is_steward, led_teams


def can_mark_criteria(user: User, roles: Sequence[Membership], item: Item) -> bool:
    """Administrator, PMO, lead of its team, or its owner."""
    return (
        is_steward(roles)
        or item.team_id in led_teams(roles)
        or (bool(roles) and item.owner_id == user.pk)
    )


def check_can_mark_criteria(user: User, roles: Sequence[Membership], item: Item) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_mark_criteria(user, roles, item):
        raise PermissionDenied(
            _(
                "Only administrators, the PMO, the lead of its team and its owner may say which "
                "criteria are met."
            )
        )


def can_accept_milestone(roles: Sequence[Membership]) -> bool:
    """Administrator or PMO."""
    return is_steward(roles)


def check_can_accept_milestone(roles: Sequence[Membership]) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_accept_milestone(roles):
        raise PermissionDenied(_("Only administrators and the PMO accept a milestone."))
