"""Table cells for Jinja2 rows, each bound to one language and cached.

Asking Django for the active language costs more than building a cell, so the `{% jinja %}` tag
asks once per render and hands the rows `cell`: `{{ cell.level(row.level) }}`, `{{ cell.day(d) }}`.
140 rows of ten cells take a few milliseconds this way; macros took three times as long.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from apps.core.ui import badges, formats, pieces
from apps.core.ui.formats import Number


class Cells:
    """The cells of one language. Every method returns a whole `<td>` or `<th>`, escaped."""

    def __init__(self, code: str) -> None:
        self.code = code
        cached = lru_cache(maxsize=4096)
        self.day = cached(self._day)
        self.delay = cached(self._delay)
        self.num = cached(self._num)
        self.bar = cached(self._bar)
        self._badges = {key: badges.level_badge(key, code=code) for key in badges.BADGES}

    def _day(
        self, value: date | None, style: str = "date", today: date | None = None
    ) -> SafeString:
        return td(pieces.date_tag(value, style, today, code=self.code), "num")

    def _delay(self, days: int | None) -> SafeString:
        late = days is not None and days > 0
        text = formats.delay_short(days, code=self.code)
        return td(text, "num text-late" if late else "num text-quiet")

    def _num(self, value: Number | None, places: int | None = None, unit: str = "") -> SafeString:
        text = formats.format_number(value, places, code=self.code)
        return td(f"{text}\N{NARROW NO-BREAK SPACE}{unit}" if unit else text, "num")

    def _bar(
        self, value: Number | None, plan: Number | None = None, level: object = None
    ) -> SafeString:
        text = formats.format_percent(value, 0, code=self.code)
        bar = pieces.progress_bar(value, plan, level, code=self.code)
        return format_html('<td><span class="bar-cell"><span>{}</span>{}</span></td>', text, bar)

    def person(self, person: object | None, sub: str = "") -> SafeString:
        """Initials and name, or "No owner"; ``sub`` in small letters below."""
        chip = pieces.person_chip(person, code=self.code)
        below = f'<span class="sub">{escape(sub)}</span>' if sub else ""
        return mark_safe(f"<td>{chip}{below}</td>")  # noqa: S308 - escaped by the chip and here

    def team(self, team: object | None) -> SafeString:
        """The team's name."""
        return mark_safe(f"<td>{pieces.team_chip(team)}</td>")  # noqa: S308 - escaped by the chip

    def level(self, level: object, href: str = "", part_url: str = "") -> SafeString:
        """A badge; with `href` a link to its arithmetic, with `part_url` opened in the drawer."""
        badge = self._badges[badges.badge_key(level)]
        if not href:
            return mark_safe(f"<td>{badge}</td>")  # noqa: S308 - a badge of the table
        htmx = f' hx-get="{escape(part_url)}" hx-target="#drawer-body"' if part_url else ""
        return mark_safe(  # noqa: S308 - escaped piece by piece
            f'<td><a class="lv-link" href="{escape(href)}"{htmx}>{badge}</a></td>'
        )

    def name(self, text: object, href: str = "", sub: object = "") -> SafeString:
        """The row's heading: a link where there is a page, a quiet second line for `sub`."""
        words = escape(text)
        line = f'<a href="{escape(href)}">{words}</a>' if href else words
        under = f'<span class="sub">{escape(sub)}</span>' if sub else ""
        return mark_safe(f'<th scope="row" class="wrap">{line}{under}</th>')  # noqa: S308

    def key(self, text: object) -> SafeString:
        """A key or code, quiet."""
        return mark_safe(f'<td class="key">{escape(text)}</td>')  # noqa: S308


def td(content: object, css_class: str = "") -> SafeString:
    if css_class:
        return format_html('<td class="{}">{}</td>', css_class, content)
    return format_html("<td>{}</td>", content)


@lru_cache(maxsize=16)
def cells(code: str) -> Cells:
    """The cells of a language, made once per process."""
    return Cells(code)
