"""Two people change the same objective or key result from forms that are open at once."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import add_member, day, make_key_result, make_objective

SignIn = Callable[[User], Client]


@pytest.fixture
def objective(plan: Plan, pmo: User) -> Objective:
    return make_objective(plan, name="Grow", description="More of it", owner=pmo)


@pytest.fixture
def url(objective: Objective) -> str:
    return f"/plans/{objective.plan.key}/objectives/growth/change/"


def shown(browser: Client, url: str) -> dict[str, Any]:
    """The form as a browser would send it, untouched."""
    page = browser.get(url).content.decode()
    return {"seen": seen_of(page), "reason": "clearer"}


def seen_of(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_what_only_another_changed_stays_changed(
    url: str, objective: Objective, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    mine = {
        "name": "Grow",
        "description": "Mine",
        "owner": str(pmo.pk),
        "team": "",
        "supports": "-",
        **shown(browser, url),
    }
    Objective.objects.filter(pk=objective.pk).update(name="Theirs", owner=None)
    assert browser.post(url, mine).status_code == 303
    objective.refresh_from_db()
    assert (objective.name, objective.description, objective.owner) == ("Theirs", "Mine", None)


def test_what_both_changed_is_said_and_the_second_save_replaces_it(
    url: str, objective: Objective, pmo: User, viewer: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    mine = {
        "name": "Mine",
        "description": "More of it",
        "owner": str(pmo.pk),
        "team": "",
        "supports": "-",
        **shown(browser, url),
    }
    Objective.objects.filter(pk=objective.pk).update(name="Theirs")
    refused = browser.post(url, mine)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody changed this to “Theirs” meanwhile. Save again to replace it." in page
    assert 'value="Mine"' in page
    objective.refresh_from_db()
    assert objective.name == "Theirs"
    assert browser.post(url, mine | {"seen": seen_of(page)}).status_code == 303
    objective.refresh_from_db()
    assert objective.name == "Mine"


@pytest.mark.parametrize(
    "seen", ["", "[]", "{", "[" * 20000, '{"name": 1}', '{"name": [[1]]}', '{"x": ["y"]}']
)
def test_a_form_that_carries_nonsense_is_taken_as_it_is(
    url: str, objective: Objective, pmo: User, as_user: SignIn, seen: str
) -> None:
    mine = {"name": "Mine", "supports": "-", "reason": "x", "seen": seen}
    assert as_user(pmo).post(url, mine).status_code in (303, 422)


def test_key_results_meet_by_field_too(objective: Objective, pmo: User, as_user: SignIn) -> None:
    made = make_key_result(objective)
    browser, url = as_user(pmo), f"/plans/{objective.plan.key}/key-results/{made.key}/change/"
    mine = {
        "name": made.name,
        "kind": "increase",
        "unit": "%",
        "baseline": "42",
        "baseline_on": "2025-12-31",
        "weight": "3",
        "note": "Mine",
        **shown(browser, url),
    }
    KeyResult.objects.filter(pk=made.pk).update(weight=2, name="Theirs")
    refused = browser.post(url, mine)
    assert "Somebody changed this to “2” meanwhile." in refused.content.decode()
    made.refresh_from_db()
    assert (made.name, made.weight, made.note) == ("Theirs", 2, "")


@pytest.fixture
def number(objective: Objective) -> KeyResult:
    return make_key_result(objective, owner=objective.owner)


def edit(key_result: KeyResult, **changed: str) -> dict[str, Any]:
    """What the form of ``number`` sends when only this was typed."""
    form = {
        "name": key_result.name,
        "unit": "%",
        "baseline": "42",
        "baseline_on": "2025-12-31",
        "weight": "",
        "owner": str(key_result.owner_id),
    }
    return {**form, **changed}


def change(key_result: KeyResult) -> str:
    return f"/plans/{key_result.plan.key}/key-results/{key_result.key}/change/"


def test_a_number_is_not_put_into_a_unit_that_somebody_changed_meanwhile(
    number: KeyResult, pmo: User, as_user: SignIn
) -> None:
    browser, url = as_user(pmo), change(number)
    mine = edit(number, baseline="45") | shown(browser, url)
    KeyResult.objects.filter(pk=number.pk).update(unit="points")
    page = browser.post(url, mine).content.decode()
    assert "Somebody changed “Unit” to “points” meanwhile. Look at this, then save again." in page
    assert "A day was given, but no value." not in page
    number.refresh_from_db()
    assert (number.unit, number.baseline) == ("points", 42)


def test_two_fields_that_another_changed_stay_as_they_are(
    number: KeyResult, pmo: User, as_user: SignIn
) -> None:
    browser, url = as_user(pmo), change(number)
    mine = edit(number, note="Mine") | shown(browser, url)
    KeyResult.objects.filter(pk=number.pk).update(unit="points", baseline=43)
    assert browser.post(url, mine).status_code == 303
    number.refresh_from_db()
    assert (number.unit, number.baseline, number.note) == ("points", 43, "Mine")


def test_a_field_that_was_locked_meanwhile_says_so(
    number: KeyResult, viewer: User, as_user: SignIn
) -> None:
    KeyResult.objects.filter(pk=number.pk).update(owner=viewer, baseline=None, baseline_on=None)
    number.refresh_from_db()
    browser, url = as_user(viewer), change(number)
    mine = edit(number, baseline="45", baseline_on="") | shown(browser, url)
    KeyResult.objects.filter(pk=number.pk).update(baseline=40, baseline_on=day(0))
    page = browser.post(url, mine).content.decode()
    assert "Somebody changed this to “40” meanwhile; it cannot be changed here any more." in page


def test_a_field_that_was_unlocked_meanwhile_keeps_what_stands(
    number: KeyResult, viewer: User, as_user: SignIn
) -> None:
    KeyResult.objects.filter(pk=number.pk).update(owner=viewer, weight=2)
    number.refresh_from_db()
    browser, url = as_user(viewer), change(number)
    mine = edit(number, note="Mine") | shown(browser, url)
    for name in ("weight", "baseline", "baseline_on"):
        del mine[name]
    add_member(number.plan, viewer, Role.PMO)
    assert browser.post(url, mine).status_code == 303
    number.refresh_from_db()
    assert (number.weight, number.baseline, number.note) == (2, 42, "Mine")
