"""Numbers in the forms of key results: refused at their own field, with what was typed."""

import html
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import check_in, day, make_key_result, make_objective

SignIn = Callable[[User], Client]

FORM = {
    "name": "Net sales",
    "kind": "increase",
    "unit": "10k CNY",
    "baseline": "10",
    "targets-TOTAL_FORMS": "1",
    "targets-INITIAL_FORMS": "0",
    "targets-0-due_on": "2026-12-31",
    "targets-0-value": "20",
}
MARKS = "can be read in more than one way. Here “.” is the decimal mark"
NO_NUMBER = "is not a number. Use digits only."
BAD = [
    ("many", NO_NUMBER),
    ("12a", NO_NUMBER),
    ("1e400", NO_NUMBER),
    ("1e5", NO_NUMBER),
    ("NaN", NO_NUMBER),
    ("Infinity", NO_NUMBER),
    ("-∞", NO_NUMBER),
    ("٣", NO_NUMBER),
    ("1_000", NO_NUMBER),
    ("--3", NO_NUMBER),
    ("12 days", NO_NUMBER),
    ("12,5", MARKS),
    ("1,23.4", MARKS),
    ("54%", "is in percent; this is counted in 10k CNY."),
    ("9" * 15, "more than 14 digits"),
    ("0.1234567", "Only 6 decimal places are kept."),
]


@pytest.fixture
def objective(plan: Plan) -> Objective:
    return make_objective(plan)


@pytest.fixture
def url(objective: Objective) -> str:
    return f"/plans/{objective.plan.key}/objectives/{objective.key}/new-key-result/"


def field(page: str, name: str) -> tuple[str, str]:
    """(what stands in the field, the sentence below it)."""
    control = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert control
    value = re.search(r'value="([^"]*)"', control[0])
    error = re.search(rf'id="id_{name}_error">\s*<li>(.*?)</li>', page, re.DOTALL)
    return html.unescape(value[1] if value else ""), html.unescape(error[1] if error else "")


@pytest.mark.parametrize("name", ["baseline", "weight", "lower_bound", "targets-0-value"])
@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_a_bad_number_is_refused_at_its_field_and_kept(
    url: str, pmo: User, as_user: SignIn, *, name: str, typed: str, sentence: str
) -> None:
    answer = as_user(pmo).post(url, {**FORM, name: typed})
    assert answer.status_code == 422
    shown, said = field(answer.content.decode(), name)
    assert shown == typed
    assert (sentence in said) or (name == "weight" and "this number has no unit" in said)
    assert answer.content.count(b'class="errors"') == 1
    assert not KeyResult.objects.exists()


def test_a_refusal_speaks_the_reader_s_language(url: str, pmo: User, as_user: SignIn) -> None:
    pmo.language = "zh-hans"
    pmo.save()
    page = as_user(pmo).post(url, {**FORM, "baseline": "十"}).content.decode()
    assert field(page, "baseline") == ("十", "“十”不是数字，请只使用数字。")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("1 234.5 10k CNY", "1234.5"),
        ("+20", "20"),
    ],
)
def test_a_target_is_read_as_people_write_it(
    url: str, pmo: User, as_user: SignIn, typed: str, value: str
) -> None:
    assert as_user(pmo).post(url, {**FORM, "targets-0-value": typed}).status_code == 303
    assert KeyResult.objects.get().targets.get().value == Decimal(value)


def test_a_baseline_below_zero_lets_targets_be_below_zero_too(
    url: str, pmo: User, as_user: SignIn
) -> None:
    minus = {**FORM, "unit": "days", "baseline": "−9", "targets-0-value": "-3"}
    browser = as_user(pmo)
    answer = browser.post(url, {**minus, "baseline": "9", "kind": "decrease"})
    assert answer.status_code == 422
    shown, said = field(answer.content.decode(), "targets-0-value")
    assert (shown, said) == ("-3", "“-3” is below zero; that cannot be counted in days.")
    assert browser.post(url, minus).status_code == 303
    assert KeyResult.objects.get().baseline == -9


@pytest.fixture
def days(objective: Objective, pmo: User) -> KeyResult:
    """Counted in days: falls from 9 to 5."""
    return make_key_result(
        objective, unit="days", kind="decrease", baseline="9", targets=((day(180), "5"),)
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "“-1” is below zero; that cannot be counted in days."),
        ("54%", "“54%” is in percent; this is counted in days."),
        ("NaN", "“NaN” is not a number. Use digits only."),
    ],
)
def test_corrections_and_requests_are_read_by_the_key_result_s_rules(
    days: KeyResult, pmo: User, as_user: SignIn, typed: str, sentence: str
) -> None:
    check_in(days, {30: "8"})
    base = f"/plans/{days.plan.key}"
    wrong = CheckIn.objects.get()
    target = days.targets.get().item.key
    more = {"value": typed, "due_on": "2026-07-01", "reason": "measured again"}
    for path in (
        f"/key-results/{days.key}/check-ins/{wrong.pk}/correct/",
        f"/targets/{target}/change/",
    ):
        answer = as_user(pmo).post(base + path, more)
        assert answer.status_code == 422
        assert field(answer.content.decode(), "value") == (typed, sentence)
    assert CheckIn.objects.get() == wrong


def test_done_or_not_is_corrected_in_words(
    objective: Objective, pmo: User, as_user: SignIn
) -> None:
    key_result = make_key_result(
        objective, kind="binary", unit="", baseline=None, targets=((day(180), None),)
    )
    check_in(key_result, {30: "1"})
    base = f"/plans/{objective.plan.key}/key-results/{key_result.key}/check-ins/"
    url = f"{base}{CheckIn.objects.get().pk}/correct/"
    answer = as_user(pmo).post(url, {"value": "2", "reason": "typo"})
    assert field(answer.content.decode(), "value")[1] == "Type yes or no (1 or 0), not “2”."
    assert as_user(pmo).post(url, {"value": "no", "reason": "typo"}).status_code == 303
    assert CheckIn.objects.latest("pk").value == 0
