"""Levels and states as a colour, a shape and a word; built once per language, then looked up.

The shape tells the levels apart without colour: circle, triangle, diamond, octagon; states that
are no level are drawn in outline only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.ui.formats import language


@dataclass(frozen=True)
class Badge:
    """One level or state: its word, its drawing on a 12 x 12 grid, and what it means."""

    word: str | Promise
    shape: str
    meaning: str | Promise


BADGES: dict[str, Badge] = {
    "on_plan": Badge(_("On plan"), '<circle cx="6" cy="6" r="4.25"/>', _("not late")),
    "yellow": Badge(
        _("Yellow"),
        '<path d="M6 1.25 11.1 10.25H.9Z"/>',
        _("late by up to a tenth of its duration"),
    ),
    "orange": Badge(
        _("Orange"),
        '<path d="M6 .6 11.4 6 6 11.4.6 6Z"/>',
        _("late by more than a tenth, up to three tenths"),
    ),
    "red": Badge(
        _("Red"),
        '<path d="M3.9 1H8.1L11 3.9V8.1L8.1 11H3.9L1 8.1V3.9Z"/>',
        _("late by more than three tenths of its duration"),
    ),
    "silent": Badge(
        _("Silent"),
        '<circle cx="6" cy="6" r="4.5" stroke-dasharray="2.9 1.81"/>',
        _("no check-in within the interval: the level is not known"),
    ),
    "no_baseline": Badge(
        _("No baseline"),
        '<circle cx="6" cy="6" r="4.5" stroke-dasharray=".01 2.82" stroke-linecap="round"/>',
        _("the first value is still to be measured"),
    ),
    "no_owner": Badge(
        _("No owner"),
        '<circle cx="6" cy="3.6" r="2.3"/><path d="M1.5 11c.4-2.6 2-3.7 4.5-3.7s4 1.1 4.5 3.7"/>',
        _("nobody is responsible yet"),
    ),
    "not_rated": Badge(
        _("Not rated"), '<path d="M1.5 6H10.5"/>', _("probability and impact are not rated yet")
    ),
    "open": Badge(_("Open"), '<circle cx="6" cy="6" r="4.5"/>', _("not finished")),
    "paused": Badge(
        _("Paused"), '<path d="M4 2V10M8 2V10"/>', _("on hold: alerts are muted, the forecast runs")
    ),
    "cancelled": Badge(
        _("Cancelled"), '<path d="m2.5 2.5 7 7m0-7-7 7"/>', _("taken out of the plan")
    ),
    "finished": Badge(_("Finished"), '<path d="m1.5 6.5 3 3 6-7"/>', _("done")),
}
VARIANTS = ("plain", "pill", "shape")


def badge_key(level: object) -> str:
    """The table key of a level or state given as an enum member or a plain string."""
    return str(getattr(level, "value", level) or "on_plan")


def level_badge(level: object, variant: str = "plain", *, code: str = "") -> SafeString:
    """Markup of a level or state. `variant`: plain (rows), pill (headlines), shape (tight)."""
    return _markup(badge_key(level), variant, code or language())


@lru_cache(maxsize=256)
def _markup(key: str, variant: str, _language: str) -> SafeString:
    if variant not in VARIANTS:
        raise ValueError(f"unknown badge variant {variant!r}")
    badge = BADGES[key]
    word = format_html(
        '<span class="visually-hidden">{}</span>' if variant == "shape" else "{}", badge.word
    )
    return format_html(
        '<span class="lv lv-{} lv-as-{}" title="{}">{}{}</span>',
        key,
        variant,
        gettext("%(word)s: %(meaning)s") % {"word": badge.word, "meaning": badge.meaning},
        level_shape(key),
        word,
    )


def level_shape(level: object) -> SafeString:
    """The bare drawing, for legends and charts that write the word elsewhere."""
    shape = BADGES[badge_key(level)].shape
    return mark_safe(  # noqa: S308 - a constant of the table above
        '<svg class="lv-shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        f"{shape}</svg>"
    )


def level_word(level: object) -> str:
    """The word alone, in the active language."""
    return str(BADGES[badge_key(level)].word)
