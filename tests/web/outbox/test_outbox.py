"""The outbox: what became of each message, and sending it again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.outbox.services.account import reset_write
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import ask_for_more, day, make_item, make_key_result, make_objective
from tests.mailserver import MailBox

Browser = Callable[[User], Client]


@pytest.fixture
def row(plan: Plan, pmo: User) -> Notification:
    """A message that waits to be sent."""
    make_item(plan, "1", 1, 100, name="Fit out the pilot store")
    sweep(today=day(9))
    return Notification.objects.get()


def address(name: str, row: Notification) -> str:
    return reverse(f"outbox:{name}", args=[row.plan.key, row.pk])


def test_the_outbox_shows_the_server_s_answer(
    row: Notification, mailbox: MailBox, viewer: User, as_user: Browser
) -> None:
    notifications_send()
    url = reverse("outbox:notification_list", args=[row.plan.key])
    html = as_user(viewer).get(url).content.decode()
    assert mailbox.answer in html
    assert "Fit out the pilot store is 1 day late" in html
    assert "Pam Office" in html


def test_the_outbox_is_searched_by_person_state_and_item(
    row: Notification, viewer: User, as_user: Browser
) -> None:
    url, browser = reverse("outbox:notification_list", args=[row.plan.key]), as_user(viewer)
    for asked, is_found in (
        ({"q": "pilot"}, True),
        ({"q": "pam off"}, True),
        ({"q": row.address.upper()}, True),
        ({"q": "somebody else"}, False),
        ({"state": "pending"}, True),
        ({"state": "sent"}, False),
        ({"recipient": row.recipient.username}, True),
    ):
        html = browser.get(url, asked).content.decode()
        assert ("Fit out the pilot store is 1 day late" in html) is is_found


def test_a_message_is_shown_as_its_recipient_sees_it(
    row: Notification, viewer: User, as_user: Browser
) -> None:
    browser = as_user(viewer)
    page = browser.get(address("notification_detail", row))
    assert "Without a report: Orange from 19 Jan 2026" in page.content.decode()
    assert "Send again now" not in page.content.decode()
    mail = browser.get(address("notification_mail", row))
    assert "'unsafe-inline'" in mail["Content-Security-Policy"]
    assert "script" not in mail["Content-Security-Policy"]
    assert mail["X-Frame-Options"] == "SAMEORIGIN"


def test_the_pmo_sends_a_failed_message_again(
    row: Notification, pmo: User, as_user: Browser
) -> None:
    Notification.objects.update(state="failed", next_action_at=None, last_error="554 no")
    browser = as_user(pmo)
    assert "Send again now" in browser.get(address("notification_detail", row)).content.decode()
    assert browser.post(address("notification_resend", row)).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("pending", 0)


def test_a_message_that_has_gone_out_is_not_sent_twice(
    row: Notification, mailbox: MailBox, pmo: User, as_user: Browser
) -> None:
    notifications_send()
    browser = as_user(pmo)
    browser.post(address("notification_resend", row))
    page = browser.get(address("notification_detail", row)).content.decode()
    assert "This message has gone out already." in page
    notifications_send()
    assert len(mailbox.messages) == 1


def test_a_message_about_a_request_is_shown_and_sent_again(
    plan: Plan, pmo: User, as_user: Browser
) -> None:
    asked = ask_for_more(make_key_result(make_objective(plan)))
    row = Notification.objects.get()
    Notification.objects.update(
        state="failed", is_collecting=False, next_action_at=None, last_error="554 no"
    )
    browser = as_user(pmo)
    subject = "Please decide: change of a target of Key result retention"
    for page in ("list", "detail", "mail"):
        url = (
            address(f"notification_{page}", row) if page != "list" else f"/plans/{plan.key}/outbox/"
        )
        assert subject in browser.get(url).content.decode()
    html = browser.get(address("notification_mail", row)).content.decode()
    assert f"/requests/{asked.pk}/" in html
    assert browser.post(address("notification_resend", row)).status_code == 303
    row.refresh_from_db()
    assert row.state == "pending"
    found = browser.get(f"/api/plans/{plan.key}/notifications/").json()["results"]
    assert [(one["topic"], one["step"]) for one in found] == [("request", f"request:{asked.pk}")]


def test_others_may_not_send_again(row: Notification, viewer: User, as_user: Browser) -> None:
    answer = as_user(viewer).post(address("notification_resend", row))
    assert answer.status_code == 403
    assert "Only the PMO" in answer.content.decode()
    assert as_user(viewer).get(address("notification_resend", row)).status_code == 405


def test_a_message_of_another_plan_is_not_found(
    row: Notification, viewer: User, as_user: Browser
) -> None:
    other = reverse("outbox:notification_detail", args=[row.plan.key, row.pk + 1])
    assert as_user(viewer).get(other).status_code == 404


def test_a_message_of_an_unknown_kind_is_shown_as_such(
    row: Notification, pmo: User, as_user: Browser
) -> None:
    Notification.objects.update(kind="carrier_pigeon")
    browser = as_user(pmo)
    says = "A message of an unknown kind (carrier_pigeon)"
    assert says in browser.get(f"/plans/{row.plan.key}/outbox/").content.decode()
    page = browser.get(address("notification_detail", row))
    assert page.status_code == 200
    assert says in page.content.decode()
    assert "cannot put the message into words" in page.content.decode()
    assert browser.get(address("notification_mail", row)).content == b""


@pytest.mark.parametrize(
    "broken",
    [
        {"version": 99},
        {"entries": []},
        {"entries": 7},
        {"plan": {"key": "no such key/", "name": 1}},
        {"also": [{"level": "plaid"}]},
    ],
)
def test_a_message_that_cannot_be_read_is_shown_as_such(
    row: Notification, pmo: User, as_user: Browser, broken: dict[str, object]
) -> None:
    Notification.objects.update(payload=row.payload | broken)
    browser = as_user(pmo)
    for url in (f"/plans/{row.plan.key}/outbox/", address("notification_detail", row)):
        assert "cannot be read (level_change)" in browser.get(url).content.decode()
    assert browser.get(address("notification_mail", row)).status_code == 200


def test_a_message_that_was_not_sent_says_why_and_is_sent_again(
    row: Notification, pmo: User, as_user: Browser
) -> None:
    Notification.objects.update(state="withdrawn", reason="not_in_plan", next_action_at=None)
    browser = as_user(pmo)
    for url in (f"/plans/{row.plan.key}/outbox/", address("notification_detail", row)):
        html = browser.get(url).content.decode()
        assert "Not sent" in html
        assert "No longer in the plan." in html
    (found,) = browser.get(f"/api/plans/{row.plan.key}/notifications/").json()["results"]
    assert (found["state"], found["reason"]) == ("withdrawn", "not_in_plan")
    assert found["thread"].startswith("alert:")
    assert "Send again now" in browser.get(address("notification_detail", row)).content.decode()
    assert browser.post(address("notification_resend", row)).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.reason) == ("pending", "")


def test_the_search_finds_names_and_not_the_plan_s_own(
    row: Notification, viewer: User, as_user: Browser
) -> None:
    """Every message holds the plan's name, so that would find them all; nor is it a pattern."""
    url, browser = f"/plans/{row.plan.key}/outbox/", as_user(viewer)
    for text in ("Three-year", "level_change", "%", "_"):
        assert "No message here" in browser.get(url, {"q": text}).content.decode()


def test_an_account_s_mail_is_on_no_page(row: Notification, pmo: User, as_user: Browser) -> None:
    reset_write(user=pmo, email=pmo.email)
    mail = Notification.objects.get(plan=None)
    browser, prefix = as_user(pmo), f"/plans/{row.plan.key}/outbox/"
    assert "Set a new password" not in browser.get(prefix).content.decode()
    for page in ("", "mail/"):
        assert browser.get(f"{prefix}{mail.pk}/{page}").status_code == 404
    assert browser.post(f"{prefix}{mail.pk}/resend/").status_code == 404
