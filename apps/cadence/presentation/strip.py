"""The strip of weeks: one mark a week, a shape for each outcome, words for everybody."""

import datetime as dt
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.cadence.domain.discipline import Tally, total
from apps.core.ui.formats import format_date

STEP = 15
SHAPES = {
    "on_time": '<circle cx="6" cy="6" r="4.25"/>',
    "late": '<path d="M6 1.25 11.1 10.25H.9Z"/>',
    "missed": '<path d="m2 2 8 8m0-8-8 8"/>',
    "excused": '<path d="M2 6H10"/>',
    "open": '<circle cx="6" cy="6" r="4.5" stroke-dasharray="2.9 1.81"/>',
    "nothing": '<circle cx="6" cy="6" r=".8"/>',
}


def state_counts(tally: Tally) -> list[str]:
    """“5 on time”, “1 late”: what there is, in words."""
    words = (
        (tally.on_time, ngettext("%(count)s on time", "%(count)s on time", tally.on_time)),
        (tally.late, ngettext("%(count)s late", "%(count)s late", tally.late)),
        (tally.missed, ngettext("%(count)s missed", "%(count)s missed", tally.missed)),
        (tally.excused, ngettext("%(count)s excused", "%(count)s excused", tally.excused)),
        (tally.open, ngettext("%(count)s still open", "%(count)s still open", tally.open)),
        (tally.unowned, ngettext("%(count)s of nobody", "%(count)s of nobody", tally.unowned)),
    )
    return [text % {"count": count} for count, text in words if count]


def tally_words(tally: Tally) -> str:
    """The counts in one line."""
    return ", ".join(state_counts(tally)) or _("nothing due")


def week_words(monday: dt.date, tally: Tally) -> str:
    """“week of 2 Mar: 5 on time, 1 late”."""
    return _("week of %(date)s: %(counts)s") % {
        "date": format_date(monday, "short"),
        "counts": tally_words(tally),
    }


def week_strip(weeks: Sequence[dt.date], cells: Sequence[Tally]) -> SafeString:
    """An SVG of one mark a week, the oldest first; it says everything in words too."""
    marks = format_html_join(
        "",
        '<g class="mark mark-{}" transform="translate({} 0)"><title>{}</title>'
        '<rect class="mark-hit" x="-1.5" width="15" height="12"/>{}</g>',
        (
            (cell.worst, number * STEP, week_words(week, cell), mark(cell.worst))
            for number, (week, cell) in enumerate(zip(weeks, cells, strict=True))
        ),
    )
    return format_html(
        '<svg class="weeks" role="img" width="{0}" height="12" viewBox="0 0 {0} 12" '
        'aria-label="{1}">{2}</svg>',
        STEP * len(weeks),
        tally_words(total(cells)),
        marks,
    )


def mark(state: str) -> SafeString:
    """The bare drawing of an outcome on a 12 x 12 grid."""
    return mark_safe(SHAPES[state])  # noqa: S308 - a constant of the table above


def legend() -> list[tuple[str, SafeString, str]]:
    """(state, drawing, word) of every outcome that needs one."""
    words = {
        "on_time": _("all on time"),
        "late": _("some late"),
        "missed": _("some missed"),
        "excused": _("excused"),
        "open": _("still open"),
        "nothing": _("nothing due"),
    }
    return [(state, mark(state), word) for state, word in words.items()]
