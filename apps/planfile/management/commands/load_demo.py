"""`manage.py load_demo --language en`: the shipped plan with sample progress and demo accounts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apps.planfile.domain.calendar import add_months
from apps.planfile.services.accounts import DEMO_USERNAMES, passwords_set

PLAN = Path(__file__).resolve().parents[2] / "plans" / "three-year-growth.yaml"
MONTHS_AGO = 15


class Command(BaseCommand):
    """Loads the plan so that today lies in its second year."""

    help = "Load the shipped plan with labelled sample progress, and its demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The language of the plan's texts."""
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", default="en", choices=languages)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the plan, then let the demo accounts in."""
        if not settings.IS_DEMO:
            raise CommandError(
                _(
                    "load_demo makes accounts with a public password, so it needs the demo mode: "
                    "OKRTRACK_DEMO=yes. To load the plan alone, use load_plan."
                )
            )
        language = options["language"]
        with translation.override(language):
            call_command(
                "load_plan",
                PLAN,
                start=default_start(timezone.localdate()),
                language=language,
                sample_progress=True,
                reason=_("Shipped plan"),
                summary=True,
                stdout=self.stdout,
            )
        passwords_set(usernames=DEMO_USERNAMES, password=settings.DEMO_PASSWORD)


def default_start(today: dt.date) -> dt.date:
    """The first of the month fifteen months ago: today is in month 16, in the second year."""
    return add_months(today.replace(day=1), -MONTHS_AGO)
