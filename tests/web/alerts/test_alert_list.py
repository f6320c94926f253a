"""The alert list and its summary: what they show, to whom, and at what cost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.alerts.services import sweep
from apps.people.models import User
from apps.plans.models import Item, Plan, Team
from tests.build import day, link, make_item, make_user, report

Browser = Callable[[User], Client]
PAGES = ("alerts:alert_list", "alerts:alert_summary", "outbox:notification_list")


@pytest.fixture
def late(plan: Plan, pmo: User) -> Plan:
    """A moves B; C is late by itself."""
    first = make_item(plan, "A", 1, 30, owner=make_user(display_name="Li Wei"))
    second = make_item(plan, "B", 31, 70)
    link(first, second)
    report(first, 20, remaining_days=18)
    make_item(plan, "C", 1, 12)
    sweep(today=day(21))
    return plan


def test_open_alerts_stand_under_their_root_cause(
    late: Plan, viewer: User, as_user: Browser
) -> None:
    html = as_user(viewer).get(reverse("alerts:alert_list", args=[late.key])).content.decode()
    assert html.index("Item C") < html.index("2 late items") < html.index("Item B")
    assert "Li Wei" in html


def test_filters_narrow_the_list(late: Plan, viewer: User, as_user: Browser) -> None:
    url = reverse("alerts:alert_list", args=[late.key])
    browser = as_user(viewer)
    only_red = browser.get(url, {"level": "red"}).content.decode()
    assert "Item C" in only_red
    assert "Item B" not in only_red
    nobody = browser.get(url, {"owner": "none", "q": "item b"}).content.decode()
    assert "Item B" in nobody
    assert "Item A</a><span" not in nobody
    assert "No alert matches" in browser.get(url, {"kind": "milestone"}).content.decode()
    assert "No alert has ended" in browser.get(url, {"state": "closed"}).content.decode()


def test_filters_by_team_and_person(late: Plan, team: Team, viewer: User, as_user: Browser) -> None:
    owned = {"A": None, "B": team, "C": None}
    for key, of_team in owned.items():
        Item.objects.filter(key=key).update(team=of_team)
    Item.objects.filter(key="C").update(owner=viewer)
    li_wei = Item.objects.get(key="A").owner
    assert li_wei is not None
    url, browser = reverse("alerts:alert_list", args=[late.key]), as_user(viewer)
    for asked, key in (
        ({"team": team.key}, "B"),
        ({"owner": "me"}, "C"),
        ({"owner": li_wei.username}, "A"),
    ):
        html = browser.get(url, asked).content.decode()
        assert {name for name in owned if f"Item {name}</a><span" in html} == {key}


def test_what_has_ended_is_listed_when_asked_for(
    late: Plan, viewer: User, as_user: Browser
) -> None:
    report(Item.objects.get(key="C"), 21, finished_on=day(21))
    sweep(today=day(22))
    url, browser = reverse("alerts:alert_list", args=[late.key]), as_user(viewer)
    for state, has_ended, has_open in (
        ("closed", True, False),
        ("open", False, True),
        ("all", True, True),
    ):
        html = browser.get(url, {"state": state}).content.decode()
        assert ("Item C</a><span" in html, "Item B</a><span" in html) == (has_ended, has_open)


def test_htmx_gets_the_rows_alone(late: Plan, viewer: User, as_user: Browser) -> None:
    headers = {"HX-Request": "true", "HX-Target": "rows"}
    url = reverse("alerts:alert_list", args=[late.key])
    html = as_user(viewer).get(url, headers=headers).content.decode()
    assert "<html" not in html
    assert "Item C" in html


@pytest.mark.parametrize(
    "name", ["alerts:alert_list", "alerts:alert_summary", "outbox:notification_list"]
)
def test_the_number_of_queries_does_not_grow(
    *,
    plan: Plan,
    pmo: User,
    viewer: User,
    as_user: Browser,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        make_item(plan, f"T{number}", 1, 20, owner=make_user())
    sweep(today=day(10))
    browser = as_user(viewer)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(name, args=[plan.key])).status_code == 200


def test_the_summary_counts_levels_and_names_root_causes(
    late: Plan, viewer: User, as_user: Browser
) -> None:
    url = reverse("alerts:alert_summary", args=[late.key])
    html = as_user(viewer).get(url).content.decode()
    assert html.index("Item C") < html.index("Item A")
    assert "2 items" in html
    assert "Item B" not in html


@pytest.mark.parametrize(
    "name", ["alerts:alert_list", "alerts:alert_summary", "outbox:notification_list"]
)
def test_strangers_do_not_find_the_page(plan: Plan, as_user: Browser, name: str) -> None:
    stranger = make_user()
    assert as_user(stranger).get(reverse(name, args=[plan.key])).status_code == 404
