"""`manage.py load_demo [FILE]`: a plan with sample progress, and the demo accounts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apps.demo.selectors import DEMO_USERNAMES
from apps.demo.services.accounts import passwords_set
from apps.demo.services.loading import demo_load
from apps.planfile.domain.calendar import add_months
from apps.planfile.domain.model import PlanFile
from apps.planfile.management.files import add_language, day, plan_file_in
from apps.planfile.presentation.report import sums
from apps.planfile.selectors import PlanFileConflict

PLAN = Path(__file__).resolve().parents[2] / "plans" / "three-year-growth.yaml"
MONTHS_AGO = 15


class Command(BaseCommand):
    """Loads the plan so that today lies in its second year, unless another start is given."""

    help = "Load the shipped plan, or another, with labelled sample progress and demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The plan, its first day, and the language of its texts."""
        parser.add_argument("file", type=Path, nargs="?", help="the shipped plan if absent")
        parser.add_argument("--start", type=day, help="first day; fifteen months ago if absent")
        add_language(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the plan, then let the demo accounts in."""
        if not settings.IS_DEMO:
            raise CommandError(
                _(
                    "load_demo makes accounts with a public password, so it needs the demo mode: "
                    "OKRTRACK_DEMO=yes. To load the plan alone, use load_plan."
                )
            )
        with translation.override(options["language"]):
            self.load(**options)

    def load(
        self, *, file: Path | None, start: dt.date | None, language: str, **_options: Any
    ) -> None:
        """All of it or nothing, told in the plan's language."""
        start = start or default_start(timezone.localdate())
        plan_file = plan_file_in(file or PLAN, start=start, language=language)
        reason = _("Loaded from %(file)s") % {"file": file.name} if file else _("Shipped plan")
        try:
            with transaction.atomic():
                done = demo_load(plan_file=plan_file, reason=reason, today=today_in(plan_file))
                passwords_set(usernames=DEMO_USERNAMES, password=settings.DEMO_PASSWORD)
        except PlanFileConflict as conflict:
            raise CommandError("\n".join(conflict.sentences)) from None
        self.stdout.write(sums(done.differences) if done.differences else _("Nothing changed."))


def default_start(today: dt.date) -> dt.date:
    """The first of the month fifteen months ago: today is in month 16, in the second year."""
    return add_months(today.replace(day=1), -MONTHS_AGO)


def today_in(plan_file: PlanFile) -> dt.date:
    """Today in the plan's time zone."""
    return timezone.now().astimezone(ZoneInfo(plan_file.plan.time_zone)).date()
