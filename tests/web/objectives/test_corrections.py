"""The page that corrects a value."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.objectives.models import CheckIn, KeyResult
from apps.people.models import User
from tests.build import check_in

SignIn = Callable[[User], Client]


@pytest.fixture
def wrong(key_result: KeyResult, pmo: User) -> CheckIn:
    return check_in(key_result, {100: 120}, by=pmo)


@pytest.fixture
def base(wrong: CheckIn) -> str:
    return f"/plans/{wrong.key_result.plan.key}/key-results/sales/"


def test_from_the_history_to_the_right_value(
    base: str, wrong: CheckIn, pmo: User, as_user: SignIn
) -> None:
    browser = as_user(pmo)
    link = f"check-ins/{wrong.pk}/correct/"
    assert f'href="{link}"' in browser.get(base).content.decode()
    assert "Pam Office reported 120." in browser.get(base + link).content.decode()
    assert browser.post(base + link, {"value": "12", "reason": ""}).status_code == 422
    assert browser.post(base + link, {"value": "12", "reason": "typo"}).status_code == 303
    page = browser.get(base).content.decode()
    assert "<s>120</s>" in page
    assert f'href="{link}"' not in page
    again = browser.post(base + link, {"value": "13", "reason": "typo"})
    assert again.status_code == 422
    assert "Somebody has corrected this value meanwhile" in again.content.decode()


@pytest.mark.parametrize(
    "typed", [{"value": "x"}, {"value": ""}, {"value": "12", "confidence": "11"}]
)
def test_what_is_no_value(
    base: str, wrong: CheckIn, pmo: User, as_user: SignIn, typed: dict[str, str]
) -> None:
    url = f"{base}check-ins/{wrong.pk}/correct/"
    answer = as_user(pmo).post(url, {"reason": "typo", **typed})
    assert answer.status_code == 422
    assert "typo" in answer.content.decode()
    assert CheckIn.objects.count() == 1


def test_somebody_else_s_value(base: str, wrong: CheckIn, viewer: User, as_user: SignIn) -> None:
    browser = as_user(viewer)
    assert "/correct/" not in browser.get(base).content.decode()
    assert browser.get(f"{base}check-ins/{wrong.pk}/correct/").status_code == 403
    assert browser.get(f"{base}check-ins/{wrong.pk + 1}/correct/").status_code == 404
