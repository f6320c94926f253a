"""What every template may use of plans."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.plans.models import Membership, Role


def plans(request: HttpRequest) -> dict[str, Any]:
    """The reader's plans for the switcher; on the demo's sign-in page its accounts, one a role."""
    return {
        "nav_plans": getattr(request, "plans", []),
        "demo_accounts": SimpleLazyObject(demo_accounts),
    }


def demo_accounts() -> list[dict[str, str]]:
    """User name, role and password of the accounts that the demo was loaded with."""
    if not settings.IS_DEMO:
        return []
    memberships = Membership.objects.filter(user__username__in=Role.values)
    roles = {row.user.username: row for row in memberships.select_related("user")}
    return [
        {
            "username": role.value,
            "role": str(role.label),
            "password": settings.DEMO_PASSWORD,
        }
        for role in (Role.PMO, Role.LEAD, Role.EXECUTIVE, Role.VIEWER, Role.ADMIN)
        if role.value in roles
    ]
