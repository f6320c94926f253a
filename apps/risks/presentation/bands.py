"""A risk's band as signal bars and a word; other shapes and other words than a delay's level."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.core.ui.badges import level_badge
from apps.core.ui.formats import language
from apps.risks.domain import Band

WORDS: dict[Band, str | Promise] = {
    Band.EXTREME: _("Extreme"),
    Band.HIGH: _("High"),
    Band.MODERATE: _("Moderate"),
    Band.LOW: _("Low"),
    Band.NOT_RATED: _("Not rated"),
}
BARS = ((0, 8, 4), (3.3, 5.5, 6.5), (6.6, 3, 9), (9.9, 0.5, 11.5))


def band_badge(band: Band) -> SafeString:
    """Markup of a band in the active language."""
    return _badge(band, language())


@lru_cache(maxsize=32)
def _badge(band: Band, _code: str) -> SafeString:
    if band is Band.NOT_RATED:
        return level_badge("not_rated")
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="2.3" height="{}"/>',
        (
            ("band-on" if number < band.rank else "band-off", x, y, height)
            for number, (x, y, height) in enumerate(BARS)
        ),
    )
    return format_html(
        '<span class="band band-{}"><svg viewBox="0 0 12.2 12" width="12" height="12"'
        ' aria-hidden="true">{}</svg>{}</span>',
        band.value,
        bars,
        WORDS[band],
    )
