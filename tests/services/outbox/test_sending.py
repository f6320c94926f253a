"""The outbox against a real SMTP server."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.services import notification_resend, notifications_send, sending
from apps.outbox.services.letters import email
from apps.outbox.services.sending import LEASE, notifications_claim
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import day, make_item, make_member
from tests.mailserver import MailBox

NOW = dt.datetime(2026, 1, 10, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def row(plan: Plan, pmo: User) -> Notification:
    """A message about a task that waiting made one day late."""
    make_item(plan, "1", 1, 100, name="Fit out the pilot store")
    sweep(now=NOW, today=day(9))
    return Notification.objects.get()


def test_the_server_s_yes_is_written_down(row: Notification, mailbox: MailBox) -> None:
    assert notifications_send().sent == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, row.next_action_at) == ("sent", 1, None)
    assert row.sent_at is not None
    assert row.server_reply == mailbox.answer
    assert mailbox.recipients == [row.recipient.email]
    assert mailbox.subjects() == ["Yellow: Fit out the pilot store is 1 day late"]
    assert notifications_send().sent == 0


def test_a_message_keeps_its_id_when_it_is_sent_again(row: Notification) -> None:
    first, again = email(row).message(), email(Notification.objects.get(pk=row.pk)).message()
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Message-ID"].endswith("@localhost>")


def test_a_refusal_is_kept_and_tried_again_later(row: Notification, mailbox: MailBox) -> None:
    mailbox.answer = "451 4.7.1 greylisted, come back"
    with time_machine.travel(NOW, tick=False):
        assert notifications_send().retried == 1
        row.refresh_from_db()
        assert (row.state, row.last_error) == ("pending", mailbox.answer)
        assert row.next_action_at == NOW + dt.timedelta(minutes=1)
        assert notifications_send().retried == 0
    mailbox.answer = "250 ok"
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        assert notifications_send().sent == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("sent", 2, "")


def test_a_server_that_is_down_costs_one_attempt_to_connect(
    row: Notification, mailbox: MailBox, plan: Plan, settings: Settings
) -> None:
    settings.EMAIL_PORT = 9  # the discard service: nobody listens
    assert notifications_send().retried == 1
    row.refresh_from_db()
    assert "refused" in row.last_error


def test_after_a_day_of_refusals_it_has_failed_and_can_be_resent(
    row: Notification, mailbox: MailBox, pmo: User
) -> None:
    mailbox.answer = "554 5.7.1 rejected"
    moment, attempts = row.next_action_at, 0
    while moment is not None:
        with time_machine.travel(moment, tick=False):
            notifications_send()
        row.refresh_from_db()
        moment, attempts = row.next_action_at, attempts + 1
    assert (row.state, row.attempts, attempts) == ("failed", 28, 28)
    pmo.email = "pam@example.net"
    pmo.save()
    mailbox.answer = "250 ok"
    assert notification_resend(notification=row, by=pmo)
    assert notifications_send().sent == 1
    assert mailbox.recipients == ["pam@example.net"]
    assert not notification_resend(notification=row, by=pmo)


def test_a_claim_is_for_one_sender_until_its_lease_ends(row: Notification) -> None:
    now = timezone.now()
    assert [one.pk for one in notifications_claim(now=now)] == [row.pk]
    assert notifications_claim(now=now + LEASE - dt.timedelta(seconds=1)) == []
    assert [one.pk for one in notifications_claim(now=now + LEASE)] == [row.pk]


def test_what_a_batch_has_no_time_for_is_given_back_untried(
    row: Notification, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH_SECONDS", -1)
    claimed = notifications_claim(now=timezone.now())
    assert sending.batch_send(claimed) == {"released": 1}
    row.refresh_from_db()
    assert (row.state, row.attempts, mailbox.messages) == ("pending", 0, [])
    assert [one.pk for one in notifications_claim(now=timezone.now())] == [row.pk]


def test_a_message_that_cannot_be_put_into_words_does_not_hold_up_the_others(
    row: Notification, mailbox: MailBox, plan: Plan
) -> None:
    del row.payload["entries"]
    row.save(update_fields=["payload"])
    owner = make_member(plan)
    make_item(plan, "2", 1, 100, owner=owner)
    sweep(today=day(9))
    sent = notifications_send()
    assert (sent.sent, sent.retried) == (2, 1)
    row.refresh_from_db()
    assert row.last_error == "KeyError: 'entries'"


def test_a_mail_speaks_its_reader_s_language(plan: Plan, member: object, mailbox: MailBox) -> None:
    member(Role.PMO, language="zh-hans")  # type: ignore[operator]
    make_item(plan, "1", 1, 100, name="试点门店装修")
    sweep(today=day(40))
    notifications_send()
    message = mailbox.messages[0]
    assert message["Subject"] == "红色：试点门店装修延期 32 天"
    text = message.get_body(("plain",)).get_content()
    assert "计划" in text
    assert "2026年1月1日" in text
    assert 'lang="zh-Hans"' in message.get_body(("html",)).get_content()
