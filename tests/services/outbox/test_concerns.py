"""Who may still read a message, and what of it concerns them, is looked at when it is sent."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.alerts.services import sweep
from apps.outbox.models import Notification
from apps.outbox.selectors.concerns import verdicts_of
from apps.outbox.services import Message, Sent, messages_write, notification_resend
from apps.outbox.services import notifications_send as send
from apps.people.models import User
from apps.plans.models import Item, Plan, Role
from tests.build import add_member, day, make_item, make_member, make_plan
from tests.mailserver import MailBox
from tests.services.outbox.letters import Note, note_kind

__all__ = ["note_kind"]


@pytest.fixture
def owner(member: Callable[..., User]) -> User:
    return member(Role.VIEWER, display_name="Olga Owner")


@pytest.fixture
def told(plan: Plan, owner: User, mailbox: MailBox) -> Notification:
    """The owner's message about a task that waiting made one day late."""
    make_item(plan, "1", 1, 100, owner=owner)
    sweep(today=day(9))
    return Notification.objects.get()


def test_the_owner_of_an_item_hears_of_it(told: Notification, mailbox: MailBox) -> None:
    assert send() == Sent(sent=1)
    assert mailbox.recipients == [told.recipient.email]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda user: User.objects.filter(pk=user.pk).update(is_active=False), "inactive"),
        (lambda user: user.memberships.all().delete(), "not_in_plan"),
        (lambda _user: Item.objects.update(owner=None), "not_concerned"),
    ],
)
def test_who_is_not_concerned_any_more_gets_no_mail(
    told: Notification, mailbox: MailBox, change: Callable[[User], object], reason: str
) -> None:
    change(told.recipient)
    assert send() == Sent(withdrawn=1)
    told.refresh_from_db()
    assert (told.state, told.reason, told.attempts) == ("withdrawn", reason, 0)
    assert (told.next_action_at, told.sent_at, mailbox.messages) == (None, None, [])
    assert send() == Sent()


def test_the_pmo_hears_of_items_of_others(told: Notification, mailbox: MailBox) -> None:
    Item.objects.update(owner=None)
    told.recipient.memberships.update(role=Role.PMO)
    assert send() == Sent(sent=1)


def test_the_pmo_of_another_plan_is_not_concerned(
    told: Notification, mailbox: MailBox, plan: Plan
) -> None:
    Item.objects.update(owner=None)
    other = make_plan(key="other", name="Other", months=12)
    add_member(other, told.recipient, Role.PMO)
    assert send() == Sent(withdrawn=1)


def test_sending_again_by_hand_looks_again(
    told: Notification, mailbox: MailBox, pmo: User, plan: Plan
) -> None:
    told.recipient.memberships.all().delete()
    send()
    assert notification_resend(notification=told, by=pmo)
    assert send() == Sent(withdrawn=1)
    add_member(plan, told.recipient)
    assert notification_resend(notification=told, by=pmo)
    assert send() == Sent(sent=1)
    told.refresh_from_db()
    assert (told.state, told.reason, told.attempts) == ("sent", "", 1)


def test_a_kind_that_nobody_registers_is_not_sent(told: Notification, mailbox: MailBox) -> None:
    Notification.objects.update(kind="carrier_pigeon")
    assert send() == Sent(withdrawn=1)
    told.refresh_from_db()
    assert told.reason == "unknown_kind"


def test_an_archived_plan_s_messages_rest(told: Notification, plan: Plan) -> None:
    Plan.objects.update(archived_at=timezone.now())
    assert send() == Sent()
    Plan.objects.update(archived_at=None)
    assert send() == Sent(sent=1)


def test_a_kind_that_fails_holds_up_its_own_messages_only(
    told: Notification, plan: Plan, owner: User, note_kind: dict[str, object]
) -> None:
    note = Message(kind="note", plan=plan, step="note", to=owner, payload=Note(text="hello"))
    messages_write(messages=[note], now=timezone.now() - dt.timedelta(minutes=1))
    note_kind["concerned"] = "fails"
    assert send() == Sent(sent=1, retried=1)
    row = Notification.objects.get(kind="note")
    assert row.last_error == "ZeroDivisionError: nobody knows"


def test_a_message_that_makes_its_kind_fail_holds_up_itself_only(
    plan: Plan, owner: User, note_kind: dict[str, object]
) -> None:
    messages = [
        Message(kind="note", plan=plan, step=text, to=owner, payload=Note(text=text))
        for text in ("first", "poison", "last")
    ]
    messages_write(messages=messages, now=timezone.now() - dt.timedelta(minutes=1))
    note_kind["concerned"] = "fails on poison"
    assert send() == Sent(sent=2, retried=1)
    assert Notification.objects.get(step="poison").state == "pending"


def test_what_is_left_out_is_not_kept(
    plan: Plan, owner: User, mailbox: MailBox, note_kind: dict[str, object]
) -> None:
    """The outbox shows the mail as it went out."""
    note = Message(kind="note", plan=plan, step="note", to=owner, payload=Note(text="hello you"))
    messages_write(messages=[note], now=timezone.now())
    note_kind["concerned"] = "shortens"
    assert send() == Sent(sent=1)
    assert Notification.objects.get().payload == {"version": 1, "text": "hello"}


def test_looking_costs_the_same_however_many_there_are(plan: Plan, pmo: User) -> None:
    def queries() -> int:
        rows = list(Notification.objects.select_related("recipient", "plan"))
        with CaptureQueriesContext(connection) as counted:
            assert all(one.payload for one in verdicts_of(rows).values())
        return len(counted)

    for number in range(12):
        user = make_member(plan)
        make_item(plan, f"T{number}", 1, 20, owner=user)
    sweep(today=day(10))
    assert Notification.objects.count() == 24
    many = queries()
    Notification.objects.exclude(pk=Notification.objects.earliest("pk").pk).delete()
    assert queries() == many == 3
