"""Reminders: one message a person of everything due, received by a real SMTP server."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from apps.cadence.models import Duty
from apps.cadence.services import plans_open, reminders_write
from apps.cadence.services.reminding import plan_remind
from apps.objectives.models import KeyResult, Objective
from apps.outbox.models import Notification
from apps.outbox.services import Sent, notification_resend, notifications_send
from apps.outbox.services.letters import email, letter, subject_of
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import (
    at,
    check_in,
    day,
    make_absence,
    make_duty,
    make_item,
    make_member,
    make_user,
)
from tests.mailserver import MailBox
from tests.services.cadence.conftest import Clock, clock, key_result, rising_key_result

__all__ = ["clock", "key_result"]


@pytest.fixture
def owner(plan: Plan) -> User:
    """Somebody who owns things, with a role in the plan."""
    return make_member(plan, display_name="Olga Owner", time_zone="Asia/Shanghai")


def reminders() -> list[Notification]:
    return list(Notification.objects.filter(kind="reminder").order_by("id"))


def names(row: Notification) -> list[str]:
    return [duty["name"] for duty in row.payload["entries"]]


def test_nobody_is_reminded_earlier_than_a_day_before(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    assert reminders_write(now=clock.set(1, 16, 59)) == 0
    assert reminders_write(now=clock.set(1, 17)) == 1
    assert Duty.objects.get().reminded_at == at(1, 17)


def test_one_message_lists_everything_due(
    plan: Plan, owner: User, clock: Clock, mailbox: MailBox
) -> None:
    rising_key_result(plan, "b", owner=owner, name="Later", check_in_hour=18)
    retention = rising_key_result(plan, "a", owner=owner, name="Retention")
    make_item(plan, "1.1", 1, 60, owner=owner, name="Fit-out")
    rising_key_result(plan, "c", owner=owner, name="Next month", cadence="monthly")
    clock.set(1)
    check_in(retention, {-10: 62}, is_entered_now=True, is_sample=True)
    plans_open(now=clock.set(2))
    assert reminders_write(now=clock.set(2)) == 1
    (row,) = reminders()
    assert sorted(names(row)[:2]) == ["Fit-out", "Retention"]
    assert names(row)[2:] == ["Later"]
    assert notifications_send().sent == 1
    message = mailbox.messages[0]
    assert message["Subject"] == "3 updates are due, the first 2 Jan 2026 17:00"
    assert message["Message-ID"] == email(row).message()["Message-ID"]
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "You owe 3 updates" in text
    assert "62% on 21 Dec 2025" in text
    assert text.count("Due 2 Jan 2026") == 2
    assert "Due 2 Jan 2026 17:00" in text
    assert "Counts as missed from 7 Jan 2026 00:00" in text
    assert len(re.findall(r"/check-in/\S+/", text)) == 3


def test_nobody_is_reminded_twice_a_day_nor_twice_of_the_same(
    plan: Plan, owner: User, key_result: KeyResult, clock: Clock
) -> None:
    plans_open(now=clock.set(1))
    assert reminders_write(now=clock.set(2)) == 1
    new = rising_key_result(plan, "new", owner=owner)
    Duty.objects.update(due_on=day(2))
    make_duty(plan, owner, 1, 2, due_at=at(2, 17), closes_at=at(7), key_result=new)
    assert reminders_write(now=at(2, 13)) == 0
    assert reminders_write(now=at(3)) == 1
    assert reminders_write(now=at(4)) == 0
    first, second = reminders()
    assert (len(names(first)), len(names(second))) == (1, 2)


def test_what_is_done_is_not_asked_for(key_result: KeyResult, clock: Clock) -> None:
    """Also when it came another way, and nobody has judged it yet."""
    plans_open(now=clock.set(1))
    check_in(key_result, {1: 1}, is_entered_now=True)
    assert reminders_write(now=clock.set(2)) == 0
    assert Duty.objects.get().state == "on_time"


def test_the_delegate_is_reminded_and_told_for_whom(
    plan: Plan, key_result: KeyResult, clock: Clock, mailbox: MailBox
) -> None:
    delegate = make_member(plan)
    make_absence(key_result.owner, 2, 4, delegate=delegate)
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    (row,) = reminders()
    assert (row.recipient, row.payload["entries"][0]["of"]) == (delegate, "Olga Owner")
    assert "for Olga Owner, for whom you act" in letter(row).text


@pytest.mark.parametrize("case", ["away", "inactive", "no owner", "paused", "closed"])
def test_nobody_is_reminded_in_vain(
    plan: Plan, key_result: KeyResult, clock: Clock, case: str
) -> None:
    plans_open(now=clock.set(1))
    match case:
        case "away":
            make_absence(key_result.owner, 1, 30)
        case "inactive":
            User.objects.filter(pk=key_result.owner_id).update(is_active=False)
        case "no owner":
            Duty.objects.update(owner=None)
        case "paused":
            target = key_result.targets.get().item
            target.state, target.paused_on = "paused", day(1)
            target.save()
        case "closed":
            clock.set(7)
    assert reminders_write(now=at(7) if case == "closed" else clock.set(2)) == 0
    assert reminders() == []


def test_without_an_address_the_failure_is_seen(key_result: KeyResult, clock: Clock) -> None:
    User.objects.filter(pk=key_result.owner_id).update(email="")
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    assert notifications_send().failed == 1
    assert reminders()[0].state == "failed"


def test_nothing_to_remind_of_costs_one_statement(
    key_result: KeyResult, clock: Clock, django_assert_num_queries: object
) -> None:
    plans_open(now=clock.set(1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        reminders_write(now=at(1))
    assert plan_remind(plan_id=0, now=at(1)) == 0


def test_the_outbox_shows_the_mail_without_its_keys(key_result: KeyResult, clock: Clock) -> None:
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    (row,) = reminders()
    assert "/check-in/" not in letter(row).html + letter(row).text + str(row.payload)
    assert "/check-in/" in letter(row, is_private=True).html


@pytest.mark.parametrize(
    ("now", "count", "subject"),
    [
        (2, 1, "Update due 2 Jan 2026 17:00: Key result kr"),
        (3, 1, "Update overdue: Key result kr"),
        (3, 2, "2 updates are due, some of them overdue"),
    ],
)
def test_subjects(key_result: KeyResult, clock: Clock, now: int, count: int, subject: str) -> None:
    if count == 2:
        rising_key_result(key_result.plan, "more", owner=key_result.owner)
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(now))
    assert letter(reminders()[0]).subject == subject
    assert subject_of(reminders()[0]).startswith(subject[:6])


def test_chinese(key_result: KeyResult, clock: Clock, mailbox: MailBox) -> None:
    User.objects.filter(pk=key_result.owner_id).update(language="zh-hans")
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    assert notifications_send().sent == 1
    message = mailbox.messages[0]
    assert "2026年1月2日 17:00" in str(message["Subject"])
    assert 'lang="zh-Hans"' in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_the_link_of_the_mail_opens_the_form_and_records(
    owner: User, key_result: KeyResult, clock: Clock, mailbox: MailBox, client: Client
) -> None:
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    notifications_send()
    text = mailbox.messages[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    url = urlsplit(re.search(r"\S+/check-in/\S+/", text)[0]).path  # type: ignore[index]
    assert client.get(url).status_code == 200
    answer = client.post(url, {f"kr-{key_result.pk}-value": "40"})
    assert answer.status_code == 303
    row = key_result.check_ins.get()
    assert (row.value, row.entered_by, row.for_on) == (40, owner, day(2))
    assert Duty.objects.get().state == "on_time"
    assert reverse("cadence:link_form", args=["x"]).startswith("/check-in/")


def paused(key_result: KeyResult) -> None:
    target = key_result.targets.get().item
    target.state, target.paused_on = "paused", day(1)
    target.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda row: check_in(row, {1: 1}, is_entered_now=True),
        lambda row: Duty.objects.update(state="on_time", fulfilled_at=at(2)),
        lambda row: Duty.objects.update(owner=None),
        lambda row: make_absence(row.owner, 1, 30),
        lambda row: Objective.objects.update(archived_at=at(2)),
        paused,
    ],
)
def test_what_is_not_owed_any_more_is_not_mailed(
    key_result: KeyResult, clock: Clock, mailbox: MailBox, change: Callable[[KeyResult], object]
) -> None:
    """It is looked at again when the mail is sent."""
    plans_open(now=clock.set(1))
    assert reminders_write(now=clock.set(2)) == 1
    change(key_result)
    assert notifications_send() == Sent(withdrawn=1)
    assert reminders()[0].reason == "not_concerned"
    assert mailbox.messages == []


def test_who_has_left_the_plan_is_not_reminded(
    key_result: KeyResult, clock: Clock, mailbox: MailBox
) -> None:
    plans_open(now=clock.set(1))
    assert reminders_write(now=clock.set(2)) == 1
    assert key_result.owner is not None
    key_result.owner.memberships.all().delete()
    assert notifications_send() == Sent(withdrawn=1)
    assert reminders()[0].reason == "not_in_plan"
    assert mailbox.messages == []


def test_what_is_over_is_not_mailed(key_result: KeyResult, clock: Clock, mailbox: MailBox) -> None:
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    clock.set(7)
    assert notifications_send() == Sent(withdrawn=1)


def test_what_is_done_meanwhile_is_left_out_of_the_mail(
    plan: Plan, owner: User, key_result: KeyResult, clock: Clock, mailbox: MailBox
) -> None:
    rising_key_result(plan, "other", owner=owner, name="Still owed")
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    check_in(key_result, {1: 1}, is_entered_now=True)
    assert notifications_send() == Sent(sent=1)
    assert names(reminders()[0]) == ["Still owed"]
    assert mailbox.subjects() == ["Update due 2 Jan 2026 17:00: Still owed"]


def test_a_delegate_who_is_no_member_is_not_asked_because_the_link_would_refuse(
    key_result: KeyResult, clock: Clock
) -> None:
    delegate = make_user()
    make_absence(key_result.owner, 2, 4, delegate=delegate)
    plans_open(now=clock.set(1))
    assert reminders_write(now=clock.set(2)) == 0


def test_a_delegate_is_mailed_as_long_as_they_act(
    plan: Plan, key_result: KeyResult, clock: Clock, mailbox: MailBox
) -> None:
    delegate = make_member(plan)
    away = make_absence(key_result.owner, 2, 4, delegate=delegate)
    plans_open(now=clock.set(1))
    reminders_write(now=clock.set(2))
    (row,) = reminders()
    away.delete()
    assert notifications_send() == Sent(withdrawn=1)
    away.pk = None
    away.save()
    assert notification_resend(notification=row, by=delegate)
    assert notifications_send() == Sent(sent=1)
    assert mailbox.recipients == [delegate.email]
