"""`manage.py load_plan FILE --start DATE`: bring the database to what a plan file says."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.people.models import User
from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.problems import PlanFileRefusedError
from apps.planfile.domain.tree import check_size
from apps.planfile.messages import line_of
from apps.planfile.report import difference_lines, sums
from apps.planfile.selectors import PlanFileConflict
from apps.planfile.services import plan_file_load
from apps.planfile.services.accounts import system_user

MOST_PROBLEMS = 500
LANGUAGES = ("en", "zh-hans")


class Command(BaseCommand):
    """Checks the whole file, then writes all of it or nothing."""

    help = "Load a plan file (docs/plan-file.md), or bring its plan to what the file says now."

    def add_arguments(self, parser: CommandParser) -> None:
        """File, start, language, and who signs for what reason."""
        parser.add_argument("file", type=Path, help="plan file in YAML")
        parser.add_argument("--start", type=day, required=True, help="first day, YYYY-MM-DD")
        parser.add_argument("--language", default="en", choices=LANGUAGES)
        parser.add_argument("--dry-run", action="store_true", help="show what would change")
        parser.add_argument("--reason", default="", help="why, kept with every change")
        parser.add_argument(
            "--sample-progress",
            action="store_true",
            help="with a plan that is new: sample check-ins and reports up to today, labelled",
        )
        parser.add_argument("--summary", action="store_true", help="print the sums only")
        parser.add_argument("--by", default="", help="username of the person who signs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, check, write, tell."""
        plan_file = self.read(options)
        by = signer(options["by"])
        reason = options["reason"] or _("Loaded from %(file)s") % {"file": options["file"].name}
        try:
            done = plan_file_load(
                plan_file=plan_file,
                by=by,
                reason=reason,
                dry_run=options["dry_run"],
                sample_until=today_in(plan_file) if options["sample_progress"] else None,
            )
        except PlanFileConflict as conflict:
            raise CommandError("\n".join(conflict.sentences)) from None
        if not done.differences:
            self.stdout.write(_("Nothing changed."))
            return
        if options["summary"]:
            self.stdout.write(sums(done.differences))
        else:
            for line in difference_lines(done.differences, done.before, done.after):
                self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written (--dry-run)."))

    def read(self, options: dict[str, Any]) -> PlanFile:
        """The checked plan; every problem is told, one line each, and nothing is written."""
        file: Path = options["file"]
        try:
            check_size(file.stat().st_size)
            data = file.read_bytes()
            return read_plan_file(data, start=options["start"], language=options["language"])
        except PlanFileRefusedError as refused:
            raise CommandError(self.told(options, refused)) from None
        except OSError as error:
            text = _("The file %(file)s cannot be read: %(reason)s.")
            raise CommandError(text % {"file": file, "reason": error.strerror}) from None

    def told(self, options: dict[str, Any], refused: PlanFileRefusedError) -> str:
        """All problems as one text."""
        count = len(refused.problems)
        head = ngettext(
            "%(file)s: %(count)s problem. Nothing was written.",
            "%(file)s: %(count)s problems. Nothing was written.",
            count,
        ) % {"file": options["file"], "count": count}
        lines = [line_of(problem) for problem in refused.problems[:MOST_PROBLEMS]]
        if count > MOST_PROBLEMS:
            lines.append(_("… and %(count)s more") % {"count": count - MOST_PROBLEMS})
        return "\n".join([head, *(f"  {line}" for line in lines)])


def day(text: str) -> dt.date:
    """A date as it is typed; a sentence for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        sentence = _("“%(text)s” is not a date; write it as 2026-01-31.")
        raise ArgumentTypeError(sentence % {"text": text}) from None


def today_in(plan_file: PlanFile) -> dt.date:
    """Today in the plan's time zone."""
    return timezone.now().astimezone(ZoneInfo(plan_file.plan.time_zone)).date()


def signer(username: str) -> User:
    """The person who signs; okrtrack itself when nobody is named."""
    if not username:
        return system_user()
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
    return user
