"""What the commands that take a plan file share: its words on the command line, its problems."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.languages import Language
from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.problems import PlanFileRefusedError
from apps.planfile.domain.tree import check_size
from apps.planfile.presentation.messages import line_of

MOST_PROBLEMS = 500


def add_language(parser: CommandParser) -> None:
    """The language in which the texts of the file are read."""
    codes = [code.value for code in Language]
    parser.add_argument("--language", default=Language.EN.value, choices=codes)


def day(text: str) -> dt.date:
    """A date as it is typed; a sentence for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        sentence = _("“%(text)s” is not a date; write it as 2026-01-31.")
        raise ArgumentTypeError(sentence % {"text": text}) from None


def plan_file_in(file: Path, *, start: dt.date, language: str) -> PlanFile:
    """The checked plan. Raises CommandError with every problem, one line each."""
    try:
        check_size(file.stat().st_size)
        return read_plan_file(file.read_bytes(), start=start, language=language)
    except PlanFileRefusedError as refused:
        raise CommandError(_told(file, refused)) from None
    except OSError as error:
        text = _("The file %(file)s cannot be read: %(reason)s.")
        raise CommandError(text % {"file": file, "reason": error.strerror}) from None


def _told(file: Path, refused: PlanFileRefusedError) -> str:
    """All problems as one text."""
    count = len(refused.problems)
    head = ngettext(
        "%(file)s: %(count)s problem. Nothing was written.",
        "%(file)s: %(count)s problems. Nothing was written.",
        count,
    ) % {"file": file, "count": count}
    lines = [line_of(problem) for problem in refused.problems[:MOST_PROBLEMS]]
    if count > MOST_PROBLEMS:
        lines.append(_("… and %(count)s more") % {"count": count - MOST_PROBLEMS})
    return "\n".join([head, *(f"  {line}" for line in lines)])
