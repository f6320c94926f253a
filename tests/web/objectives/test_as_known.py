"""The page of a key result as known on a day."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from apps.objectives.models import KeyResult
from apps.people.models import User
from tests.build import at, check_in

SignIn = Callable[[User], Client]


@pytest.fixture
def url(key_result: KeyResult, pmo: User) -> str:
    for number, value in ((60, 12), (121, 14)):  # 1 March, 1 May
        with time_machine.travel(at(number), tick=False):
            check_in(key_result, {number: value}, by=pmo)
    return f"/plans/{key_result.plan.key}/key-results/sales/as-known/"


@time_machine.travel("2026-11-01T12:00Z", tick=False)
def test_what_was_entered_later_is_left_out(url: str, viewer: User, as_user: SignIn) -> None:
    browser = as_user(viewer)
    page = browser.get(url, {"on": "2026-04-01"}).content.decode()
    assert "<strong>12</strong>" in page
    assert "As known at the end of" in page
    assert "<strong>14</strong>" in browser.get(url).content.decode()
    assert "no data" in browser.get(url, {"on": "2026-01-15"}).content.decode()


@time_machine.travel("2026-11-01T12:00Z", tick=False)
@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-11-02", "This day has not come yet."),
        ("yesterday", "Enter a valid date."),
        ("", "This field is required."),
        ("0001-01-01", "Write a day between 1970 and 2200."),
    ],
)
def test_a_day_that_is_none(
    url: str, viewer: User, as_user: SignIn, on: str, sentence: str
) -> None:
    answer = as_user(viewer).get(url, {"on": on})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
