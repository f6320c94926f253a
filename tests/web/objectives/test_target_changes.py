"""The pages on which targets are asked for and decided."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.objectives.models import KeyResult, TargetChange
from apps.people.models import User

SignIn = Callable[[User], Client]


@pytest.fixture
def base(key_result: KeyResult) -> str:
    return f"/plans/{key_result.plan.key}"


@pytest.fixture
def owner(key_result: KeyResult, viewer: User) -> User:
    KeyResult.objects.filter(pk=key_result.pk).update(owner=viewer)
    return viewer


ASKED = {"value": "20", "due_on": "2027-03-31", "reason": "supplier is late"}


def test_from_request_to_approval(base: str, owner: User, pmo: User, as_user: SignIn) -> None:
    browser = as_user(owner)
    page = browser.get(f"{base}/key-results/sales/targets/").content.decode()
    assert f"{base}/targets/sales-m12/change/" in page
    assert browser.post(f"{base}/targets/sales-m12/change/", ASKED).status_code == 303
    asked = TargetChange.objects.get()
    url = f"{base}/target-changes/{asked.pk}/"
    assert "The PMO decides." in browser.get(url).content.decode()
    assert browser.post(url, {"decision": "approve"}).status_code == 403
    browser = as_user(pmo)
    assert "Changes of targets" in browser.get(f"{base}/objectives/").content.decode()
    assert "supplier is late" in browser.get(f"{base}/target-changes/").content.decode()
    assert browser.post(url, {"decision": "approve"}).status_code == 303
    asked.refresh_from_db()
    assert asked.decision == "approved"
    assert "Pam Office" in browser.get(f"{base}/key-results/sales/targets/").content.decode()
    again = browser.post(url, {"decision": "reject", "note": "x"})
    assert again.status_code == 422
    assert "This request was decided already." in again.content.decode()


def test_a_rejection_needs_its_reason(base: str, owner: User, pmo: User, as_user: SignIn) -> None:
    as_user(owner).post(f"{base}/targets/sales-m12/change/", ASKED)
    url = f"{base}/target-changes/{TargetChange.objects.get().pk}/"
    answer = as_user(pmo).post(url, {"decision": "reject", "note": " "})
    assert answer.status_code == 422
    assert "Say why the request is rejected." in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"value": "5"}, "goes against the direction: before it stands 10."),
        ({"value": ""}, "This field is required."),
        ({"due_on": "2025-01-01"}, "must come after"),
        ({"due_on": "2027-12-31"}, "Another target of this key result has that day."),
        ({"due_on": "2026-12-31"}, "Neither the value nor the date differs"),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_refusals_at_the_field(
    base: str, owner: User, as_user: SignIn, changed: dict[str, str], sentence: str
) -> None:
    answer = as_user(owner).post(f"{base}/targets/sales-m12/change/", {**ASKED, **changed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not TargetChange.objects.exists()


def test_somebody_else_s_target(base: str, viewer: User, as_user: SignIn) -> None:
    browser = as_user(viewer)
    page = browser.get(f"{base}/key-results/sales/targets/").content.decode()
    assert "sales-m12/change/" not in page
    assert browser.get(f"{base}/targets/sales-m12/change/").status_code == 403
    assert browser.get(f"{base}/targets/other-m12/change/").status_code == 404


def test_the_first_line_stays_on_the_chart(
    base: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(owner)
    assert 'class="first-line"' not in browser.get(f"{base}/key-results/sales/").content.decode()
    browser.post(f"{base}/targets/sales-m12/change/", ASKED)
    browser = as_user(pmo)
    url = f"{base}/target-changes/{TargetChange.objects.get().pk}/"
    browser.post(url, {"decision": "approve"})
    page = browser.get(f"{base}/key-results/sales/").content.decode()
    assert 'class="first-line"' in page
    assert "the first plan" in page
