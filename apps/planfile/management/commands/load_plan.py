"""`manage.py load_plan FILE --start DATE`: bring the database to what a plan file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from apps.people.models import User
from apps.people.services import system_user
from apps.planfile.management.files import add_language, day, plan_file_in
from apps.planfile.presentation.report import difference_lines, sums
from apps.planfile.selectors import PlanFileConflict
from apps.planfile.services import plan_file_load


class Command(BaseCommand):
    """Checks the whole file, then writes all of it or nothing."""

    help = "Load a plan file (docs/plan-file.md), or bring its plan to what the file says now."

    def add_arguments(self, parser: CommandParser) -> None:
        """File, start, language, and who signs for what reason."""
        parser.add_argument("file", type=Path, help="plan file in YAML")
        parser.add_argument("--start", type=day, required=True, help="first day, YYYY-MM-DD")
        add_language(parser)
        parser.add_argument("--dry-run", action="store_true", help="show what would change")
        parser.add_argument("--reason", default="", help="why, kept with every change")
        parser.add_argument("--summary", action="store_true", help="print the sums only")
        parser.add_argument("--by", default="", help="username of the person who signs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, check, write, tell."""
        plan_file = plan_file_in(
            options["file"], start=options["start"], language=options["language"]
        )
        by = signer(options["by"])
        reason = options["reason"] or _("Loaded from %(file)s") % {"file": options["file"].name}
        try:
            done = plan_file_load(
                plan_file=plan_file, by=by, reason=reason, dry_run=options["dry_run"]
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


def signer(username: str) -> User:
    """The person who signs; okrtrack itself when nobody is named."""
    if not username:
        return system_user()
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
    return user
