"""Mails about accounts go through the outbox: real server, real link, and no key kept."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from apps.core.broker import Publish
from apps.outbox.models import Notification
from apps.outbox.services import Sent, notifications_send
from apps.outbox.services.letters import letter
from apps.people.models import User
from tests.build import make_user
from tests.mailserver import MailBox

RESET = "/accounts/password/reset/"
NEW = "an entirely new one 8"


@pytest.fixture
def person(db: None, settings: Settings) -> User:
    """Somebody who forgot the password."""
    settings.ACCOUNT_RATE_LIMITS = False
    user = make_user(username="wei", email="wei@example.org", language="zh-hans")
    user.set_password("the old one 7")
    user.save()
    return user


def text_of(mailbox: MailBox) -> str:
    (message,) = mailbox.messages
    return message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def link_in(text: str) -> str:
    found = re.search(r"http://localhost:8000(/accounts/\S+)", text)
    assert found is not None
    return urlsplit(found[1]).path


def test_a_new_password_by_mail(person: User, mailbox: MailBox, client: Client) -> None:
    assert client.post(RESET, {"email": "Wei@example.org"}).status_code == 302
    assert mailbox.messages == []
    row = Notification.objects.get()
    assert (row.plan, row.recipient, row.state) == (None, person, "pending")
    assert notifications_send() == Sent(sent=1)
    assert mailbox.recipients == ["wei@example.org"]
    assert mailbox.subjects() == ["设置新密码"]
    text = text_of(mailbox)
    assert "wei" in text
    form = client.get(link_in(text), follow=True)
    answer = client.post(
        form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True
    )
    assert answer.status_code == 200
    person.refresh_from_db()
    assert person.check_password(NEW)
    again = Client().get(link_in(text), follow=True)
    assert b'name="password1"' not in again.content


def test_the_key_is_kept_nowhere(person: User, mailbox: MailBox, client: Client) -> None:
    client.post(RESET, {"email": person.email})
    notifications_send()
    key = link_in(text_of(mailbox)).rstrip("/").rpartition("-")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(n)::text FROM outbox_notification n")
        ((row,),) = cursor.fetchall()
    assert key not in row
    shown = letter(Notification.objects.get())
    assert "/password/reset/key/" not in shown.text + shown.html


def test_an_address_that_nobody_has_gets_the_same_answer_and_no_mail(
    person: User,
    mailbox: MailBox,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def ask(email: str) -> tuple[Any, ...]:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks() as callbacks:
            answer = Client().post(RESET, {"email": email}, follow=True)
        page = re.sub(r"\b\w{64}\b", "", answer.content.decode())  # the form's own token
        return answer.redirect_chain, answer.status_code, page, callbacks

    known, unknown = ask(person.email), ask("nobody@example.org")
    assert known == unknown
    assert known[-1] == [Publish("apps.outbox.tasks.send_notifications")]
    assert Notification.objects.count() == 1
    notifications_send()
    assert mailbox.recipients == [person.email]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_active": False}, "inactive"),
        ({"email": "x@example.org"}, "not_concerned"),
    ],
)
def test_who_may_not_set_a_password_any_more_gets_no_key(
    person: User,
    mailbox: MailBox,
    client: Client,
    change: dict[str, object],
    reason: str,
) -> None:
    client.post(RESET, {"email": person.email})
    EmailAddress.objects.all().delete()
    User.objects.filter(pk=person.pk).update(**change)
    assert notifications_send() == Sent(withdrawn=1)
    assert Notification.objects.get().reason == reason
    assert mailbox.messages == []


def test_a_second_address_gets_the_key_as_well(
    person: User, mailbox: MailBox, client: Client
) -> None:
    EmailAddress.objects.create(user=person, email="second@example.org", verified=True)
    client.post(RESET, {"email": "second@example.org"})
    assert notifications_send() == Sent(sent=1)
    assert mailbox.recipients == ["second@example.org"]


@pytest.fixture
def added(person: User, as_user: Callable[[User], Client]) -> EmailAddress:
    """An address that the person has just added to the account."""
    browser = as_user(person)
    browser.post("/accounts/reauthenticate/", {"password": "the old one 7"})
    browser.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    return EmailAddress.objects.get(email="new@example.org")


def test_an_address_is_confirmed_by_the_link(
    added: EmailAddress, mailbox: MailBox, client: Client
) -> None:
    assert not added.verified
    assert notifications_send() == Sent(sent=1)
    assert mailbox.recipients == ["new@example.org"]
    url = link_in(text_of(mailbox))
    assert client.post(url).status_code == 302
    added.refresh_from_db()
    assert added.verified


@pytest.mark.parametrize(
    "change", [{"verified": True}, {"email": "other@example.org"}, {"user": None}]
)
def test_an_address_that_needs_no_confirmation_gets_none(
    added: EmailAddress, mailbox: MailBox, change: dict[str, Any]
) -> None:
    if "user" in change:
        change = {"user": make_user()}
    EmailAddress.objects.filter(pk=added.pk).update(**change)
    assert notifications_send() == Sent(withdrawn=1)
    assert mailbox.messages == []


def test_no_mail_leaves_any_other_way(person: User, added: EmailAddress, client: Client) -> None:
    """Django's own box of sent mails in tests stays empty: nothing is sent within a request."""
    client.post(RESET, {"email": person.email})
    client.post(RESET, {"email": "nobody@example.org"})
    assert mail.outbox == []
    assert Notification.objects.count() == 2
