"""Who may do what with messages. A check raises a sentence; its twin answers yes or no."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from apps.plans.models import Membership, Role

SENDERS = (Role.PMO, Role.ADMIN)


def check_can_resend(roles: Iterable[Membership]) -> None:
    """Raises PermissionDenied for everybody but the PMO and administrators of the plan."""
    if not any(membership.role in SENDERS for membership in roles):
        raise PermissionDenied(
            _("Only the PMO and administrators of this plan can send a message again.")
        )


def can_resend(roles: Iterable[Membership]) -> bool:
    """Whether ``check_can_resend`` passes."""
    try:
        check_can_resend(roles)
    except PermissionDenied:
        return False
    return True
