"""`manage.py demo_accounts`: the accounts of the demonstration, one a role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from apps.planfile.services.accounts import DEMO_USERNAMES
from apps.plans.models import Membership


class Command(BaseCommand):
    """Prints user name, role and name; nothing outside the demo mode."""

    help = "Print the demo accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One line each."""
        if not settings.IS_DEMO:
            return
        rows = Membership.objects.filter(user__username__in=DEMO_USERNAMES).select_related("user")
        found = {row.user.username: row for row in rows}
        for username in DEMO_USERNAMES:
            if username in found:
                row = found[username]
                self.stdout.write(
                    _("%(username)s / %(password)s – %(role)s (%(name)s)")
                    % {
                        "username": username,
                        "password": settings.DEMO_PASSWORD,
                        "role": row.get_role_display(),
                        "name": row.user.display_name,
                    }
                )
