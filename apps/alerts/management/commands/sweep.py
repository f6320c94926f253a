"""``manage.py sweep``: what the worker does every minute, by hand."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alerts.services import PlanSwept, sweep


class Command(BaseCommand):
    help = "Settle every level that is due and write the messages about it; sends nothing itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", metavar="DATE", help="a day such as 2027-01-31 instead of each plan's today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep(today=day_of(options["today"]))
        for plan in swept.plans:
            self.stdout.write(sentence(plan))
        if not swept.plans:
            self.stdout.write(_("Nothing was due."))
        if swept.busy:
            self.stdout.write(
                ngettext(
                    "%(count)s plan is being changed right now: sweep again for it.",
                    "%(count)s plans are being changed right now: sweep again for them.",
                    swept.busy,
                )
                % {"count": swept.busy}
            )


def sentence(plan: PlanSwept) -> str:
    """What the sweep did to a plan, in one line."""
    return _(
        "%(plan)s: %(changes)s level changes by waiting; alerts: %(opened)s opened, "
        "%(changed)s changed, %(closed)s closed; %(notifications)s messages written."
    ) % {
        "plan": plan.plan_key,
        "changes": plan.changes,
        "opened": plan.opened,
        "changed": plan.changed,
        "closed": plan.closed,
        "notifications": plan.notifications,
    }


def day_of(text: str | None) -> dt.date | None:
    """The day that was asked for; CommandError says how to write one."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            _("“%(text)s” is not a date: write 2027-01-31.") % {"text": text}
        ) from error
