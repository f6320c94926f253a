"""Small pieces of page markup used by both template engines: icon, bar, person, team, date.

Everything is escaped here and comes back as a safe string. No inline styles: the
Content-Security-Policy forbids them, so widths are SVG attributes and colours are classes.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zlib import crc32

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.core.ui.badges import badge_key, level_badge
from apps.core.ui.formats import Number, format_date, format_percent, language, relative_days

SPRITE = "vendor/icons/icons.svg"
TONES = 6
CJK_START, CJK_END = "\u4e00", "\u9fff"


@lru_cache(maxsize=1)
def sprite_url() -> str:
    """Address of the icon sprite, hashed in production."""
    return static(SPRITE)


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration and hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="icon" width="16" height="16" role="img" aria-label="{}">'
            '<use href="{}#{}"/></svg>',
            label,
            sprite_url(),
            name,
        )
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}#{}"/></svg>',
        sprite_url(),
        name,
    )


def progress_bar(
    value: Number | None,
    plan: Number | None = None,
    level: object = None,
    label: str = "",
    *,
    code: str = "",
) -> SafeString:
    """A bar of 0 to 100 with a tick at the plan's value; the label carries the raw figures."""
    tone = badge_key(level) if level else "none"
    return _bar(value, plan, tone, label, code or language())


@lru_cache(maxsize=4096)
def _bar(
    value: Number | None, plan: Number | None, tone: str, label: str, _code: str
) -> SafeString:
    if value is None:
        return format_html('<span class="bar-none">{}</span>', _("no data"))
    text = label or _("%(value)s done") % {"value": format_percent(value)}
    tick: str | SafeString = ""
    if plan is not None:
        if not label:
            text = _("%(value)s, plan %(plan)s") % {
                "value": format_percent(value),
                "plan": format_percent(plan),
            }
        tick = format_html(
            '<rect class="bar-plan" x="{}" width="1.5" height="8"/>', f"{clamp(plan) * 0.985:.2f}"
        )
    return format_html(
        '<svg class="bar bar-{}" role="img" aria-label="{}" viewBox="0 0 100 8"'
        ' preserveAspectRatio="none" height="8"><title>{}</title>'
        '<rect class="bar-track" y="2" width="100" height="4"/>'
        '<rect class="bar-fill" y="2" width="{}" height="4"/>{}</svg>',
        tone,
        text,
        text,
        f"{clamp(value):.2f}",
        tick,
    )


def clamp(value: Number) -> float:
    """Into 0 to 100, for drawing only: the raw value stays in the label."""
    return max(0.0, min(100.0, float(value)))


def display_name(person: object) -> str:
    """The name people read; accounts say it themselves."""
    return str(person)


def initials(name: str) -> str:
    """Two letters for a Latin name, the last character for a Chinese one."""
    compact = name.replace(" ", "")
    if compact and all(CJK_START <= char <= CJK_END for char in compact):
        return compact[-1]
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()


def person_chip(person: object | None, variant: str = "plain", *, code: str = "") -> SafeString:
    """Initials and name; "No owner" where there is none. `variant`: plain or initials."""
    if not person:
        return level_badge("no_owner", code=code)
    return _person(display_name(person), variant)


@lru_cache(maxsize=2048)
def _person(name: str, variant: str) -> SafeString:
    circle = format_html(
        '<span class="initials tone-{}" aria-hidden="true">{}</span>',
        crc32(name.encode()) % TONES,
        initials(name),
    )
    hidden = "visually-hidden" if variant == "initials" else "person-name"
    return format_html(
        '<span class="person" title="{}">{}<span class="{}">{}</span></span>',
        name,
        circle,
        hidden,
        name,
    )


def team_chip(team: object | None) -> SafeString:
    """A team's name as a quiet label; nothing for None."""
    return _team(str(team or ""))


@lru_cache(maxsize=512)
def _team(name: str) -> SafeString:
    if not name:
        return format_html('<span class="text-quiet">{}</span>', "–")
    return format_html('<span class="team">{}</span>', name)


def date_tag(
    value: date | None, style: str = "date", today: date | None = None, *, code: str = ""
) -> SafeString:
    """A `<time>` with the full date in its title; with `today` the distance stands behind it."""
    return _date(value, style, today, code or language())


@lru_cache(maxsize=8192)
def _date(value: date | None, style: str, today: date | None, _code: str) -> SafeString:
    if value is None:
        return format_html('<span class="text-quiet">{}</span>', "–")
    away = relative_days(value, today) if today else ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>{}',
        value.isoformat(),
        format_date(value, "full"),
        format_date(value, style),
        format_html(' <span class="away">{}</span>', away) if away else "",
    )
