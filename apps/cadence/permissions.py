"""Who may report on an item. A check raises a sentence; its twin answers yes or no.

The owner, whoever acts for an owner who is away, the lead of the item's team, the PMO and
administrators.
"""

from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from apps.people.models import User
from apps.plans.models import Membership
from apps.plans.permissions import is_steward, led_teams


def can_report(
    user: User,
    roles: Sequence[Membership],
    *,
    owner_id: int | None,
    team_id: int | None,
    is_acting: Callable[[], bool],
) -> bool:
    """Whether the person may report; ``is_acting`` is asked only when nothing else allows it."""
    if is_steward(roles) or team_id in led_teams(roles):
        return True
    return bool(roles) and (owner_id == user.pk or (owner_id is not None and is_acting()))


def check_can_report(
    user: User,
    roles: Sequence[Membership],
    *,
    owner_id: int | None,
    team_id: int | None,
    is_acting: Callable[[], bool],
) -> None:
    """Raises PermissionDenied with the reason."""
    if not can_report(user, roles, owner_id=owner_id, team_id=team_id, is_acting=is_acting):
        raise PermissionDenied(
            _(
                "This is somebody else's: only its owner or their delegate, the lead of its team, "
                "the PMO and administrators report on it."
            )
        )
