"""What the sign-in page shows of the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.demo.selectors import read_demo_memberships


def demo(_request: HttpRequest) -> dict[str, Any]:
    """The accounts of the demonstration, read when a template asks for them."""
    return {"demo_accounts": SimpleLazyObject(demo_accounts)}


def demo_accounts() -> list[dict[str, str]]:
    """User name, role and password, one a role; none outside the demo mode."""
    return [
        {
            "username": row.user.username,
            "role": row.get_role_display(),
            "password": settings.DEMO_PASSWORD,
        }
        for row in read_demo_memberships()
    ]
