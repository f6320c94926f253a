"""Every address is in the table with its verb, and asks who is there before anything else."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from rest_framework.exceptions import PermissionDenied

from scripts.permission_docs import addresses
from tests.permissions import table
from tests.permissions.going import ROUTES, VIEWS, go, parts_of, path_of, text_of
from tests.permissions.table import EVERYBODY, MEMBERS, SIGNED_IN, TABLE, Actor, Row
from tests.permissions.ways import WAYS
from tests.permissions.world import World, rows_written, undone

pytestmark = pytest.mark.django_db

OTHERS = ("admin:", "account_", "mfa_")  # guard themselves, below
OURS = sorted(name for name in ROUTES if not name.startswith(OTHERS))
API = [name for name in OURS if name.startswith("api:")]
OF_A_PLAN = [name for name in OURS if "plan_key" in ROUTES[name] or "<plan>" in ROUTES[name]]
OPEN = {
    parts_of(way)[1]
    for row in TABLE
    if row.may == EVERYBODY or row is table.REPORT_BY_LINK
    for way in row.ways
}
GUARDED = [name for name in OURS if name not in OPEN]
METHODS = ("get", "post", "put", "patch", "delete")
FEW = (Actor.VIEWER, Actor.NOBODY, Actor.INACTIVE)  # for what takes half a second to make
ONE_A_ROLE = (
    *(Actor.ADMIN, Actor.PMO, Actor.LEAD, Actor.EXECUTIVE, Actor.VIEWER),
    *(Actor.STRANGER, Actor.SITE_ADMIN, Actor.INACTIVE, Actor.NOBODY),
)
LOOKED_AT = [
    (row, way) for row in (table.SEE_PLAN, table.SEE_OWN, table.SEE_OPEN) for way in row.ways
]


def taken(name: str) -> set[str]:
    """The methods that the table has for an address."""
    found: set[str] = set()
    for row in TABLE:
        for way in row.ways:
            method, named = parts_of(way)
            if named == name:
                found |= {"GET", "POST"} if method == "FORM" else {method}
    return found


def writes() -> Iterator[tuple[str, str]]:
    """(name, method) of everything that the API writes."""
    for name in API:
        for method in getattr(VIEWS[name], "actions", None) or {}:
            if method != "get":
                yield name, method


WRITES = list(writes())
# what every member may write, once the body makes sense
OF_MEMBERS = {
    "api:check-in-list",
    "api:objective-comments",
    "api:key-result-comments",
    "api:target-change-list",
}


def any_way(name: str) -> str:
    """A way of the table to this address; for filling it."""
    ways = [way for row in TABLE for way in row.ways if parts_of(way)[1] == name]
    return ways[0] if ways else f"GET {name}"


def test_one_name_has_one_address() -> None:
    """The walk finds addresses by their names: of two with one name it would see one."""
    names = [name for name, _route, _view in addresses() if not name.startswith("admin:")]
    assert len(names) == len(set(names))


def test_the_walk_finds_the_site() -> None:
    assert {"front:home", "milestones:task_list", "risks:risk_detail", "api:task-list"} <= set(
        GUARDED
    )
    assert len(OF_A_PLAN) > 60


def test_the_walk_finds_what_the_api_writes() -> None:
    assert {
        ("api:objective-list", "post"),
        ("api:objective-detail", "patch"),
        ("api:objective-close", "post"),
        ("api:objective-comments", "post"),
        ("api:check-in-correct", "post"),
    } <= set(WRITES)
    assert {method for _name, method in WRITES} == {"post", "patch"}


def test_the_table_names_addresses_that_there_are_each_way_once() -> None:
    ways = [way for row in TABLE for way in row.ways]
    assert not [way for way in ways if parts_of(way)[1] not in ROUTES]
    assert sorted(set(ways)) == sorted(ways)
    assert set(WAYS) == {way for way in ways if not is_looked_at(way)}


def is_looked_at(way: str) -> bool:
    return any(way in row.ways for row, _way in LOOKED_AT)


@pytest.mark.parametrize("name", OURS)
def test_every_address_has_a_verb_for_each_method_that_it_takes(world: World, name: str) -> None:
    """An address that takes any method at all names no methods: restrict it by a decorator."""
    with undone():
        actor = Actor.SITE_ADMIN if name not in OF_A_PLAN else Actor.ADMIN
        answer = go(world, any_way(name), actor, method="options")
    allowed = set(answer.headers.get("Allow", "any").split(", ")) - {"HEAD", "OPTIONS"}
    if name == "set_language":  # Django's own view takes any method, and acts on POST alone
        allowed = {"POST"}
    assert allowed == taken(name), (
        f"{name} ({ROUTES[name]}) takes {sorted(allowed)}, the table has {sorted(taken(name))}. "
        "Put the way below its verb in tests/permissions/table.py, and in ways.py how it is gone; "
        "if no verb fits, declare one in the app's permissions.py first."
    )


@pytest.mark.parametrize(("row", "way"), LOOKED_AT, ids=[way for _row, way in LOOKED_AT])
def test_who_may_see_it_sees_it_and_nobody_else(world: World, row: Row, way: str) -> None:
    wrong = {}
    before = rows_written()
    for actor in FEW if way == "GET api:schema" else ONE_A_ROLE:
        with undone():
            code = go(world, way, actor).status_code
        if actor in row.may:
            expected = OTHERWISE.get(way, (200,))
        elif actor not in SIGNED_IN:
            expected = (302, 401, 403)
        else:
            expected = (404,)
        if code not in expected:
            wrong[actor] = code
    assert not wrong
    if way not in TRIED:
        assert rows_written() == before


# what is previewed there is done and rolled back
TRIED = (
    "GET api:target-change-preview",
    "GET approvals:request_detail",
    "GET objectives:target_change_detail",
)
# the first page leads whoever has one plan into it; a target stands on the page of its key result
OTHERWISE = {
    "GET front:home": (200, 302),
    "GET objectives:target_detail": (302,),
    "GET front:healthz": (200, 503),
}


@pytest.mark.parametrize("name", GUARDED)
def test_nobody_gets_in_without_signing_in(world: World, name: str) -> None:
    for actor in (Actor.NOBODY, Actor.INACTIVE):
        for method in {"GET"} | taken(name):
            answer = go(world, any_way(name), actor, method=method)
            if answer.status_code == 302:
                assert "/accounts/login/" in answer.headers["Location"]
            else:
                assert answer.status_code in (401, 403)


@pytest.mark.parametrize("name", OF_A_PLAN)
def test_a_stranger_to_the_plan_finds_nothing(world: World, name: str) -> None:
    for method in METHODS:
        answer = go(world, any_way(name), Actor.STRANGER, method=method)
        assert answer.status_code in (404, 405), method


def test_a_plan_that_was_archived_is_found_by_nobody(world: World) -> None:
    with undone():
        type(world.plan).objects.filter(pk=world.plan.pk).update(archived_at="2026-03-01T00:00Z")
        before = rows_written()
        for name in OF_A_PLAN:
            for method in ("get", "post"):
                answer = go(world, any_way(name), Actor.ADMIN, method=method)
                assert answer.status_code in (404, 405), (name, method)
        assert go(world, "GET api:plan-list", Actor.ADMIN).json()["results"] == []  # type: ignore[attr-defined]
        assert rows_written() == before


@pytest.mark.parametrize(("name", "method"), WRITES)
def test_the_api_tells_a_member_without_the_right_why_not_before_it_reads_the_body(
    world: World, name: str, method: str
) -> None:
    path = path_of(world, any_way(name), Actor.VIEWER)
    send = getattr(world.browser(Actor.VIEWER), method)
    answer = send(path, {}, content_type="application/json")
    assert answer.status_code == (400 if name in OF_MEMBERS else 403)
    if answer.status_code == 403:
        assert answer.json()["detail"] != str(PermissionDenied.default_detail)


@pytest.mark.parametrize("name", sorted(set(OURS) - {"set_language"}))
def test_no_address_takes_another_method(world: World, name: str) -> None:
    for method in METHODS:
        if method.upper() not in taken(name):
            answer = go(world, any_way(name), Actor.VIEWER, method=method)
            assert answer.status_code == 405, method


def test_the_administration_of_the_site_lets_in_nobody_of_a_plan(world: World) -> None:
    models = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    assert models == set(table.ADMINISTERED), "Look at who may administer it, then name it there."
    names = [name for name in ROUTES if name.startswith("admin:") and ROUTES[name] not in FRONT]
    assert len(names) > 40
    for actor in (Actor.ADMIN, Actor.NOBODY, Actor.INACTIVE):
        for name in names:
            path = "/" + ROUTES[name].replace("<path:object_id>", "1").replace("<id>", "1")
            if "<" in path or "^" in path:
                continue
            for method in ("get", "post"):
                answer = getattr(world.browser(actor), method)(path)
                assert answer.status_code == 302, path
                page = "/admin/login/" if actor == Actor.ADMIN else "/login/"
                assert page in answer.headers["Location"], path


FRONT = {"admin/login/", "admin/logout/"}


def test_the_pages_of_accounts_ask_who_is_there(world: World) -> None:
    names = {name for name in ROUTES if name.startswith(("account_", "mfa_"))}
    assert names == {*table.ACCOUNT_OPEN, *table.ACCOUNT_OWN}, "Look at it, then name it there."
    for actor in (Actor.NOBODY, Actor.INACTIVE):
        for name in table.ACCOUNT_OWN:
            for method in ("get", "post"):
                answer = getattr(world.browser(actor), method)(f"/{ROUTES[name]}")
                assert answer.status_code == 302, name
                assert "/accounts/login/" in answer.headers["Location"]


def test_members_are_all_who_have_a_role(world: World) -> None:
    users = world.plan.memberships.filter(user__is_active=True).values_list("user", flat=True)
    assert set(users) == {world.people[actor].pk for actor in MEMBERS}
    assert text_of(go(world, "GET front:plan_page", Actor.VIEWER))
