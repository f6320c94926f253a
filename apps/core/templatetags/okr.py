"""The project's template tags: markup of the design system for Django templates.

Pieces with a body are block tags (`{% card %}…{% endcard %}`), small ones are plain tags, and
`{% jinja %}` embeds row-heavy markup that Jinja2 renders.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import get_template, render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.core.ui import badges, formats, pieces
from apps.core.ui.cells import cells

register = template.Library()

THEME_COOKIE = "okrtrack_theme"
THEMES = ("auto", "light", "dark")

register.simple_tag(badges.level_badge, name="level_badge")
register.simple_tag(badges.level_badge, name="state_badge")
register.simple_tag(badges.level_shape, name="level_shape")
register.simple_tag(pieces.icon, name="icon")
register.simple_tag(pieces.progress_bar, name="progress")
register.simple_tag(pieces.person_chip, name="person")
register.simple_tag(pieces.team_chip, name="team")
register.simple_tag(pieces.date_tag, name="date_tag")

register.filter("day", formats.format_date)
register.filter("moment", formats.format_moment)
register.filter("number", formats.format_number)
register.filter("signed", formats.format_signed)
register.filter("percent", formats.format_percent)
register.filter("delay_words", formats.delay_words)
register.filter("delay_short", formats.delay_short)
register.filter("level_word", badges.level_word)


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The reader's choice of colours: "auto" (as the device says), "light" or "dark"."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def clock(moment: dt.datetime | None = None) -> str:
    """A moment, or the present one, as date and time in the active time zone."""
    return formats.format_moment(moment or timezone.now())


@register.simple_tag(takes_context=True)
def jinja(context: template.Context, name: str, **values: object) -> SafeString:
    """Render `templates/jinja2/<name>` with the given values, `cell` and the request."""
    values["cell"] = cells(formats.language())
    rendered = get_template(name, using="rows").render(values, context.get("request"))
    return SafeString(rendered)


@register.simple_block_tag(takes_context=True)
def nav_item(
    context: template.Context, content: SafeString, url_name: str, section: str, icon: str = ""
) -> SafeString:
    """A link of the main navigation, marked when the page belongs to `section`.

    A page says so by the context variable `nav_section`; without one the noun of its URL name
    counts (`task_list` -> `task`). Nothing is shown while the URL does not exist.
    """
    request = context["request"]
    plan = getattr(request, "plan", None)
    try:
        url = reverse(url_name, args=[plan.key] if plan else [])
    except NoReverseMatch:
        return SafeString("")
    current = (context.get("nav_section") or page_noun(request)) == section
    return format_html(
        '<li><a class="nav-item" href="{}"{}>{}{}</a></li>',
        url,
        SafeString(' aria-current="page"') if current else "",
        pieces.icon(icon) if icon else "",
        content.strip(),
    )


def page_noun(request: Any) -> str:
    """The noun of the page's URL name: `milestones:task_detail` -> `task`."""
    match = getattr(request, "resolver_match", None)
    name = (match.url_name or "") if match else ""
    return str(name).rpartition("_")[0]


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    id: str = "",  # noqa: A002 - the HTML attribute's name
    href: str = "",
    count: object = None,
) -> SafeString:
    """A section of a page with a heading; `href` links the heading, `count` stands behind it."""
    return _block("card", content, title=title, id=id, href=href, count=count)


@register.simple_block_tag
def disclosure(content: SafeString, summary: str, open: bool = False) -> SafeString:  # noqa: A002 - as in HTML
    """Text that opens below its summary, without JavaScript."""
    return _block("disclosure", content, summary=summary, open=open)


@register.simple_block_tag
def empty_state(content: SafeString, title: str, icon: str = "info-circle") -> SafeString:
    """What a list shows when it has nothing: a title, why, and what to do next."""
    return _block("empty_state", content, title=title, icon=icon)


@register.simple_block_tag
def table_frame(content: SafeString, label: str, id: str = "") -> SafeString:  # noqa: A002
    """A wide table in a frame that scrolls by itself and can be reached by keyboard."""
    return _block("table_frame", content, label=label, id=id)


def _block(name: str, content: SafeString, **values: object) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **values})


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", wide: bool = False) -> dict[str, Any]:
    """A form field: label, control, hint, and its errors right below it."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "is_check": kind == "checkbox" and not getattr(widget, "allow_multiple_selected", False),
        "wide": wide,
    }


@register.inclusion_tag("components/fields.html")
def form_fields(form: Any) -> dict[str, Any]:
    """Every field of a form in its order, with the form's own errors on top."""
    return {"form": form}


@register.inclusion_tag("components/arithmetic.html")
def arithmetic(
    url: str, part_url: str = "", label: str = "", level: object = None
) -> dict[str, Any]:
    """Every colour opens its arithmetic: a disclosure filled by htmx, a plain link inside."""
    return {
        "url": url,
        "part_url": part_url or url,
        "label": label or _("Show the arithmetic"),
        "level": level,
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, target: str = "") -> dict[str, Any]:
    """Links to the pages of a bounded list; every other query parameter stays."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    prefix = f"?{query.urlencode()}&page=" if query else "?page="
    return {"page": page, "prefix": prefix, "target": target}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, form: Any, target: str = "") -> dict[str, Any]:
    """A GET form over a list; with `target` htmx refills that element on every change."""
    request = context["request"]
    is_filtered = any(value for name, value in request.GET.items() if name != "page")
    return {"form": form, "target": target, "path": request.path, "is_filtered": is_filtered}


@register.inclusion_tag("components/confirm.html", takes_context=True)
def confirm(
    context: template.Context,
    *,
    action: str,
    title: str,
    verb: str,
    back: str,
    text: str = "",
    form: Any = None,
    is_dangerous: bool = False,
) -> dict[str, Any]:
    """A question before something changes: a POST form with one verb and a way back."""
    values = {"action": action, "title": title, "verb": verb, "back": back, "text": text}
    token = context.get("csrf_token")
    return {**values, "form": form, "is_dangerous": is_dangerous, "csrf_token": token}
