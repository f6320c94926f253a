"""`manage.py demo_accounts`: the accounts of the demonstration, one a role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from apps.demo.selectors import read_demo_memberships


class Command(BaseCommand):
    """Prints user name, role and name; nothing outside the demo mode."""

    help = "Print the demo accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One line each."""
        for row in read_demo_memberships():
            self.stdout.write(
                _("%(username)s / %(password)s – %(role)s (%(name)s)")
                % {
                    "username": row.user.username,
                    "password": settings.DEMO_PASSWORD,
                    "role": row.get_role_display(),
                    "name": row.user.display_name,
                }
            )
