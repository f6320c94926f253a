"""Goes a way of the table as somebody, and says how they were answered."""

import html
import json
import re

from django.http import HttpResponse
from django.urls import reverse

from scripts.permission_docs import addresses
from tests.permissions.table import Actor
from tests.permissions.ways import SEEN, WAYS, Values, values
from tests.permissions.world import World

ROUTES = {name: route for name, route, _view in addresses()}
VIEWS = {name: view for name, _route, view in addresses()}
# keys that are the same in every address of one noun, where a way does not say otherwise
KEYS = {"objectives": "stock", "key-results": "share", "of-key-result": "share"}


def parts_of(way: str) -> tuple[str, str]:
    """Method and name of the address."""
    method, name, *_which = way.split()
    return method, name


def at_of(way: str) -> Values:
    """What fills the address of a way."""
    if way in WAYS:
        return WAYS[way].at
    _method, name = parts_of(way)
    nouns = [part for part in ROUTES[name].split("/") if part in KEYS]
    return SEEN.get(name) or values({"key": KEYS[nouns[-1]]} if nouns else None)


def path_of(world: World, way: str, actor: Actor, plan_key: str = "") -> str:
    """The address, filled; of this plan unless another is named."""
    _method, name = parts_of(way)
    found = at_of(way)(world, actor)
    wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", ROUTES[name]))
    found |= {key: plan_key or world.plan.key for key in ("plan_key", "plan") if key in wanted}
    return reverse(name, kwargs={key: value for key, value in found.items() if key in wanted})


def go(
    world: World, way: str, actor: Actor, *, method: str = "", plan_key: str = ""
) -> HttpResponse:
    """The answer. ``method`` instead of the way's own: with its body, if it is one that sends."""
    own, name = parts_of(way)
    own = "POST" if own == "FORM" else own
    path, browser = path_of(world, way, actor, plan_key), world.browser(actor)
    if name == "cadence:link_form":  # whoever holds the link needs no sign-in
        browser = world.browser(Actor.NOBODY)
    asked = (method or own).lower()
    sent = WAYS[way].sent(world, actor) if way in WAYS and asked in ("get", own.lower()) else {}
    if asked in ("get", "head", "options"):
        return getattr(browser, asked)(path, sent if own == "GET" else {})  # type: ignore[no-any-return]
    if name.startswith("api:"):
        body = json.dumps(sent)
        return getattr(browser, asked)(path, body, content_type="application/json")  # type: ignore[no-any-return]
    return getattr(browser, asked)(path, sent)  # type: ignore[no-any-return]


def text_of(answer: HttpResponse) -> str:
    """What the reader reads."""
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(answer.content), ensure_ascii=False)
    return " ".join(html.unescape(answer.content.decode()).split())
