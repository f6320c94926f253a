"""Writes the tables of docs/permissions.md: who may do what from the register of permissions, and
the addresses from the table by which the tests walk them.

Run `python -m scripts.permission_docs` after a change of a permission or an address.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.urls import URLPattern, URLResolver, get_resolver

from apps.core.permissions import Entry, register
from tests.permissions.table import TABLE, Row

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "permissions.md"
MARK = "<!-- made by scripts/permission_docs.py: do not edit below -->\n"
MOST = 12
PLAN = re.compile(r"^(?:api/)?plans/<plan(?:_key)?>/")


def addresses(
    patterns: list[Any] | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """(name, route, view) of every URL of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", route, pattern.callback


def plain(route: str) -> str:
    """A route with bare <names> instead of converters and regular expressions."""
    named = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", r"<\1>", route)
    return re.sub(r"\^|\$|\\Z", "", re.sub(r"<\w+:(\w+)>", r"<\1>", named))


def docs_text() -> str:
    """The page with its tables made anew."""
    head, _mark, _tables = DOCS.read_text(encoding="utf-8").partition(MARK)
    routes = {name: plain(route) for name, route, _view in addresses()}
    rows = {(row.verb, row.noun): row for row in TABLE}
    entries = register()
    guarded = [line(one, rows, routes) for one in entries if one.refusal]
    free = [line(one, rows, routes) for one in entries if not one.refusal]
    return "\n".join([head + MARK, *table(guarded), "", *table(free), ""])


def table(lines: list[str]) -> list[str]:
    """A table of Markdown."""
    return ["| may | who | pages | API |", "| --- | --- | --- | --- |", *lines]


def line(entry: Entry, rows: dict[tuple[str, str], Row], routes: dict[str, str]) -> str:
    """One row of the table: addresses without what they all begin with."""
    ways = rows[entry.verb, entry.noun].ways
    pages = [way for way in ways if " api:" not in way]
    api = [way for way in ways if " api:" in way]
    cells = (
        f"**{entry.verb}** {entry.noun}",
        ", ".join(entry.who),
        cell(pages, routes, with_method=False),
        cell(api, routes, with_method=True),
    )
    return f"| {' | '.join(cells)} |"


def cell(ways: list[str], routes: dict[str, str], *, with_method: bool) -> str:
    """The addresses of these ways, each once, in their order."""
    if len(ways) > MOST:
        return "all others"
    found: dict[str, None] = {}
    for way in ways:
        method, name, *_which = way.split()
        path = PLAN.sub("", routes[name])
        shown = path if path != routes[name] else f"/{path}"
        shown = "/admin/" if shown.startswith("/admin/") else shown
        found[f"`{method} {shown}`" if with_method else f"`{shown}`"] = None
    return ", ".join(found)


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrtrack.settings")
    django.setup()
    DOCS.write_text(docs_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
