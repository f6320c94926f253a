"""Who may be tried in the demonstration."""

from django.conf import settings

from apps.plans.models import Membership

DEMO_USERNAMES = ("pmo", "lead", "executive", "viewer", "admin")
"""Accounts of the shipped plan that the demonstration opens, one a role."""


def read_demo_memberships() -> list[Membership]:
    """The memberships of these accounts, in that order; none outside the demo mode."""
    if not settings.IS_DEMO:
        return []
    rows = Membership.objects.filter(user__username__in=DEMO_USERNAMES).select_related("user")
    found = {row.user.username: row for row in rows}
    return [found[username] for username in DEMO_USERNAMES if username in found]
