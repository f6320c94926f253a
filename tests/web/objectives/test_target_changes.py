"""The pages on which targets are asked for and decided."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.approvals.models import ChangeRequest
from apps.objectives.models import KeyResult, KeyResultTarget
from apps.people.models import User
from tests.build import ask_for_more

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
    asked = ChangeRequest.objects.get()
    url = f"{base}/target-changes/{asked.pk}/"
    page = browser.get(url).content.decode()
    assert "The PMO decides." in page
    assert "What approval would do today" in page
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
    url = f"{base}/target-changes/{ChangeRequest.objects.get().pk}/"
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
    assert not ChangeRequest.objects.exists()


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
    url = f"{base}/target-changes/{ChangeRequest.objects.get().pk}/"
    browser.post(url, {"decision": "approve"})
    page = browser.get(f"{base}/key-results/sales/").content.decode()
    assert 'class="first-line"' in page
    assert "the first plan" in page


def test_a_further_target_from_request_to_approval(
    base: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    url = f"{base}/key-results/sales/targets/add/"
    browser = as_user(owner)
    assert url in browser.get(f"{base}/key-results/sales/targets/").content.decode()
    refused = browser.post(url, {**ASKED, "value": "50"})
    assert refused.status_code == 422
    assert "goes against the direction" in refused.content.decode()
    assert browser.post(url, {**ASKED, "value": "25"}).status_code == 303
    detail = f"{base}/target-changes/{ChangeRequest.objects.get().pk}/"
    page = as_user(pmo).get(detail).content.decode()
    assert "A further target" in page
    assert "not there yet" in page
    assert browser.post(detail, {"decision": "approve"}).status_code == 303
    assert "2027-03-31" in browser.get(f"{base}/key-results/sales/").content.decode()


def test_a_target_is_given_up_with_the_pmo_s_approval(
    base: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    url = f"{base}/targets/sales-m12/drop/"
    browser = as_user(owner)
    assert url in browser.get(f"{base}/key-results/sales/targets/").content.decode()
    assert "This field is required." in browser.post(url, {"reason": ""}).content.decode()
    assert browser.post(url, {"reason": "no market"}).status_code == 303
    detail = f"{base}/target-changes/{ChangeRequest.objects.get().pk}/"
    assert "given up" in as_user(pmo).get(detail).content.decode()
    assert browser.post(detail, {"decision": "approve"}).status_code == 303
    assert "sales-m12" not in browser.get(f"{base}/key-results/sales/targets/").content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("targets/sales-m12/change/", ASKED),
        ("key-results/sales/targets/add/", {**ASKED, "value": "25"}),
        ("targets/sales-m12/drop/", {"reason": "no market"}),
    ],
)
def test_each_kind_through_its_life_on_the_pages_of_all_requests(
    *, base: str, owner: User, pmo: User, as_user: SignIn, path: str, said: dict[str, str]
) -> None:
    for act, by, decision in (
        ("withdraw", owner, "withdrawn"),
        ("reject", pmo, "rejected"),
        ("approve", pmo, "approved"),
    ):
        assert as_user(owner).post(f"{base}/{path}", said).status_code == 303
        asked = ChangeRequest.objects.latest("pk")
        url = f"{base}/requests/{asked.pk}/"
        browser = as_user(by)
        assert url in browser.get(f"{base}/requests/").content.decode()
        page = browser.get(url).content.decode()
        assert "Change of a target of Sales" in page
        assert "What approval would do today" in page
        assert f'href="{base}/key-results/sales/"' in page
        answer = browser.post(url, {"decision": act, "note": "so be it"})
        assert answer.headers["Location"] == f"{base}/requests/"
        asked.refresh_from_db()
        assert (asked.decision, asked.decided_by) == (decision, by)


def test_the_list_asks_a_fixed_number_of_queries(
    key_result: KeyResult, base: str, pmo: User, as_user: SignIn
) -> None:
    browser, counts = as_user(pmo), []
    for days in (range(1, 3), range(3, 12)):
        for number in days:
            ask_for_more(key_result, due=number * 20, value=12)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"{base}/requests/").content.decode()
        counts.append(len(asked))
    assert page.count("A further target") == 11
    assert counts[0] == counts[1]


def test_the_same_about_one_target_waits_once(base: str, owner: User, as_user: SignIn) -> None:
    url, browser = f"{base}/targets/sales-m12/change/", as_user(owner)
    assert [browser.post(url, ASKED).status_code for _ in range(2)] == [303, 303]
    refused = browser.post(url, {**ASKED, "value": "18"})
    assert refused.status_code == 422
    assert "is waiting for the PMO already" in refused.content.decode()
    assert ChangeRequest.objects.count() == 1


def test_only_who_asked_withdraws(base: str, owner: User, pmo: User, as_user: SignIn) -> None:
    as_user(owner).post(f"{base}/targets/sales-m12/change/", ASKED)
    asked = ChangeRequest.objects.get()
    url = f"{base}/target-changes/{asked.pk}/"
    browser = as_user(pmo)
    assert "Withdraw the request" not in browser.get(url).content.decode()
    assert browser.post(url, {"decision": "withdraw"}).status_code == 403
    browser = as_user(owner)
    assert "Withdraw the request" in browser.get(url).content.decode()
    assert browser.post(url, {"decision": "withdraw"}).status_code == 303
    asked.refresh_from_db()
    assert (asked.decision, asked.decided_by) == ("withdrawn", owner)
    assert "What approval would do" not in browser.get(url).content.decode()


def test_an_obstacle_is_said_before_the_decision(
    base: str, owner: User, pmo: User, as_user: SignIn
) -> None:
    as_user(owner).post(f"{base}/targets/sales-m12/change/", ASKED)
    asked = ChangeRequest.objects.get()
    KeyResultTarget.objects.filter(pk=asked.payload["target_id"]).update(value=21)
    page = as_user(pmo).get(f"{base}/target-changes/{asked.pk}/").content.decode()
    assert "cannot be approved as things stand: The target has changed" in page


@pytest.mark.parametrize("wish", ["", "maybe", "approve\x00"])
def test_an_unknown_decision_is_refused(
    base: str, owner: User, pmo: User, as_user: SignIn, wish: str
) -> None:
    as_user(owner).post(f"{base}/targets/sales-m12/change/", ASKED)
    asked = ChangeRequest.objects.get()
    url = f"{base}/target-changes/{asked.pk}/"
    assert as_user(pmo).post(url, {"decision": wish}).status_code == 422
    asked.refresh_from_db()
    assert asked.decision == "pending"


def test_numbers_of_a_refusal_are_as_the_reader_writes_them(
    base: str, owner: User, as_user: SignIn
) -> None:
    wish = {**ASKED, "value": "1,234.5"}
    answer = as_user(owner).post(f"{base}/targets/sales-m12/change/", wish)
    sentence = "The target 40 of 31 Dec 2027 goes against the direction: before it stands 1234.5."
    assert sentence in answer.content.decode()
