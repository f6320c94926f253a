"""The Jinja2 environment for row-heavy markup; Django's settings point here.

It escapes by default and has the same pieces as the Django templates: `level_badge(x)`,
`person(x)`, `x|day("short")`. Templates live in templates/jinja2/<app>/<name>.jinja.
"""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from apps.core.ui import badges, formats, pieces


def url(name: str, *args: object, **kwargs: object) -> str:
    """Like the `{% url %}` tag."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """An escaping environment with translations and the project's pieces of markup."""
    options |= {
        "autoescape": True,
        "extensions": ["jinja2.ext.i18n"],
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    env = Environment(**options)  # noqa: S701 - autoescape is set above
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        url=url,
        static=static,
        level_badge=badges.level_badge,
        level_shape=badges.level_shape,
        icon=pieces.icon,
        progress=pieces.progress_bar,
        person=pieces.person_chip,
        team=pieces.team_chip,
        date_tag=pieces.date_tag,
    )
    env.filters.update(
        day=formats.format_date,
        moment=formats.format_moment,
        number=formats.format_number,
        signed=formats.format_signed,
        percent=formats.format_percent,
        delay_words=formats.delay_words,
        delay_short=formats.delay_short,
        level_word=badges.level_word,
    )
    return env
