"""Every address asks who is there: strangers to the site sign in, strangers to a plan get 404."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.exceptions import PermissionDenied

from apps.objectives.models import CheckIn
from apps.people.models import User
from apps.plans.models import Item, Plan
from tests.factories import UserFactory
from tests.key_results import ask_for_more, check_in, make_key_result, make_objective
from tests.milestones import make_milestone, make_tasks

# Open on purpose: signing in, languages and colours, the demo's style guide, what monitoring asks,
# and the signed links of mails, which say themselves who holds them.
OPEN = {
    "front:healthz",
    "front:readyz",
    "set_language",
    "people:language_set",
    "core:theme_set",
    "core:styleguide",
    "cadence:link_form",
}
OPEN_SPACES = ("account_", "mfa_", "socialaccount_", "usersessions_")
NOBODY_ASKS = ("admin:",)  # the administration has its own guard, tested by Django


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


ALL = sorted(addresses(), key=lambda address: address[1])
GUARDED = [
    (name, route)
    for name, route, _view in ALL
    if name not in OPEN and not name.startswith((*OPEN_SPACES, *NOBODY_ASKS))
]
OF_A_PLAN = [(name, route) for name, route in GUARDED if "plan_key" in route or "<plan>" in route]
METHODS = ("get", "post", "put", "patch", "delete")
# (name, route, method) of everything that the API answers to, and of what it writes
ACTIONS = [
    (name, route, method)
    for name, route, view in ALL
    if name.startswith("api:")
    for method in getattr(view, "actions", None) or {"get": ""}
]
WRITES = [action for action in ACTIONS if action[2] != "get"]
# what every member may write, once the body makes sense
OF_MEMBERS = {
    "api:check-in-list",
    "api:objective-comments",
    "api:key-result-comments",
    "api:target-change-list",
}


@pytest.fixture
def things(plan: Plan, viewer: User) -> dict[str, str]:
    """Something for every kind of key that an address can have."""
    milestone = make_milestone(plan, "live", 60)
    make_tasks(plan, milestone, 1)
    key_result = make_key_result(make_objective(plan, "stock"), "share")
    check_in(key_result, {7: "44"})
    return {
        "plan": plan.key,
        "item": str(Item.objects.filter(plan=plan)[0].pk),
        "check-ins": str(CheckIn.objects.get().pk),
        "objectives": "stock",
        "key-results": "share",
        "milestones": "live",
        "target-changes": str(ask_for_more(key_result).pk),
    }


def plain(route: str) -> str:
    """A route with its regular expressions as bare <names>."""
    named = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", r"<\1>", route)
    return re.sub(r"\^|\$|\\Z", "", named)


def filled(route: str, things: dict[str, str]) -> str:
    """An address of the route, of the plan where it names one; other keys need not exist."""
    parts: list[str] = []
    for part in plain(route).split("/"):
        if part in ("<slug:plan_key>", "<plan>"):
            parts.append(things["plan"])
        elif part.startswith("<") and parts[-1] in things:
            parts.append(things[parts[-1]])
        elif part.startswith("<int") or part == "<pk>":
            parts.append(things["item"])
        else:
            parts.append("x" if part.startswith("<") else part)
    return "/" + "/".join(parts)


def test_the_walk_finds_the_site() -> None:
    names = {name for name, _route in GUARDED}
    assert {"front:home", "milestones:task_list", "risks:risk_detail", "api:task-list"} <= names
    assert len(OF_A_PLAN) > 25


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), GUARDED, ids=[name for name, _route in GUARDED])
def test_nobody_gets_in_without_signing_in(
    client: Client, things: dict[str, str], name: str, route: str
) -> None:
    answer = client.get(filled(route, things))
    if answer.status_code == 302:
        assert "/accounts/login/" in answer.headers["Location"]
    else:
        assert answer.status_code in (401, 403)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), OF_A_PLAN, ids=[name for name, _route in OF_A_PLAN])
def test_a_stranger_to_the_plan_finds_nothing(
    client: Client, things: dict[str, str], name: str, route: str
) -> None:
    client.force_login(UserFactory.create())
    for method in METHODS:
        assert getattr(client, method)(filled(route, things)).status_code in (404, 405), method


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), OF_A_PLAN, ids=[name for name, _route in OF_A_PLAN])
def test_a_member_is_never_refused_what_may_be_looked_at(
    client: Client, viewer: User, things: dict[str, str], name: str, route: str
) -> None:
    client.force_login(viewer)
    answer = client.get(filled(route, things))
    is_list = name.endswith(("_list", "_summary", "-list", "plan_page"))
    assert answer.status_code == 200 if is_list else answer.status_code < 500


def test_the_walk_finds_what_the_api_writes() -> None:
    found = {(name, method) for name, _route, method in WRITES}
    assert {
        ("api:objective-list", "post"),
        ("api:objective-detail", "patch"),
        ("api:objective-close", "post"),
        ("api:objective-comments", "post"),
        ("api:check-in-correct", "post"),
    } <= found
    assert {method for _name, _route, method in ACTIONS} == {"get", "post", "patch"}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route", "method"), ACTIONS)
def test_the_api_answers_nobody_without_signing_in(
    client: Client, things: dict[str, str], name: str, route: str, method: str
) -> None:
    assert getattr(client, method)(filled(route, things)).status_code in (302, 401, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("action", WRITES)
def test_the_api_tells_a_member_without_the_right_why_not(
    client: Client, viewer: User, things: dict[str, str], action: tuple[str, str, str]
) -> None:
    name, route, method = action
    client.force_login(viewer)
    answer = getattr(client, method)(filled(route, things), {}, content_type="application/json")
    assert answer.status_code == (400 if name in OF_MEMBERS else 403)
    if answer.status_code == 403:
        assert answer.json()["detail"] != str(PermissionDenied.default_detail)


@pytest.mark.django_db
def test_the_api_takes_no_other_method(
    client: Client, viewer: User, things: dict[str, str]
) -> None:
    client.force_login(viewer)
    for name, route, view in ALL:
        if name.startswith("api:"):
            for method in set(METHODS) - set(getattr(view, "actions", None) or {"get"}):
                answer = getattr(client, method)(filled(route, things))
                assert answer.status_code == 405, (name, method)
