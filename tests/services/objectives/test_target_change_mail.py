"""Requests of targets: the PMO is told that they wait, who asked what became of them."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from apps.approvals.domain.payloads import DECISION, REQUEST
from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_decide, request_withdraw
from apps.objectives.models import KeyResult, KeyResultTarget, Objective
from apps.outbox.models import Notification, NotificationState
from apps.outbox.services import BATCH, Sent, notification_resend, notifications_send
from apps.outbox.services.letters import letter
from apps.people.models import User
from apps.plans.models import Plan, Role
from tests.build import (
    add_member,
    ask_for_more,
    ask_to_drop,
    ask_to_move,
    make_member,
    make_plan,
    make_user,
    signer,
)
from tests.mailserver import MailBox
from tests.services.objectives.conftest import key_result, objective, rising_objective

__all__ = ["key_result", "objective"]

LATER = dt.date(2027, 3, 31)


def later(minutes: float = 6) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def move(key_result: KeyResult, by: User) -> ChangeRequest:
    """The first target, three months later."""
    target = key_result.targets.select_related("item", "key_result").order_by("due_on")[0]
    return ask_to_move(target, LATER, 20, by=by)


def add(key_result: KeyResult, by: User, due_on: dt.date = dt.date(2026, 6, 30)) -> ChangeRequest:
    return ask_for_more(key_result, due_on, 15, by=by)


def drop(key_result: KeyResult, by: User) -> ChangeRequest:
    target = key_result.targets.select_related("item", "key_result").order_by("due_on")[0]
    return ask_to_drop(target, by=by)


def send() -> Sent:
    """What waits goes out, as if its five minutes were over."""
    Notification.objects.exclude(next_action_at=None).update(next_action_at=timezone.now())
    return notifications_send()


def due(minutes: float = 6) -> int:
    """How many messages there are to send by then."""
    return Notification.objects.due(later(minutes)).count()


def told(state: str = "sent") -> list[tuple[str, User, int]]:
    """Kind, person and number of requests of each message."""
    rows = Notification.objects.filter(state=state).select_related("recipient")
    return [
        (row.kind, row.recipient, len(row.payload["entries"]))
        for row in rows.order_by("kind", "recipient__username")
    ]


@pytest.fixture
def lead(member: Callable[..., User]) -> User:
    """Who asks."""
    return member(Role.VIEWER, display_name="Lea Lead", username="lea")


def test_who_may_decide_is_told_once_of_everything_that_waits(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    member: Callable[..., User],
    mailbox: MailBox,
) -> None:
    admin = member(Role.ADMIN, username="zoe")
    member(Role.EXECUTIVE)
    add_member(key_result.plan, admin, Role.PMO)
    first = move(key_result, lead)
    last = add(key_result, lead)
    assert due(1) == 0
    assert due() == 2
    row = Notification.objects.get(recipient=pmo)
    assert (row.step, row.thread, row.state) == (f"request:{first.pk}", "", "pending")
    assert row.payload["entries"][1]["path"].endswith(f"/requests/{last.pk}/")
    assert send().sent == 2
    assert told() == [(REQUEST, pmo, 2), (REQUEST, admin, 2)]
    assert due(60) == 0


def test_the_batch_is_counted_from_the_first(key_result: KeyResult, pmo: User, lead: User) -> None:
    with time_machine.travel(timezone.now() - BATCH, tick=False):
        move(key_result, lead)
    add(key_result, lead)
    assert due(0) == 1
    assert told("pending") == [(REQUEST, pmo, 2)]


def test_what_comes_after_the_message_went_out_is_told_in_another(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    move(key_result, lead)
    assert send().sent == 1
    add(key_result, lead)
    assert told("pending") == [(REQUEST, pmo, 1)]
    assert send().sent == 1
    assert len(mailbox.messages) == 2


def test_nobody_decides_on_the_own_request_by_mail(
    key_result: KeyResult, pmo: User, member: Callable[..., User]
) -> None:
    other = member(Role.PMO)
    move(key_result, pmo)
    assert told("pending") == [(REQUEST, other, 1)]


@pytest.mark.parametrize("is_approved", [True, False])
def test_a_decision_is_told_to_who_asked_and_to_the_owner(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    member: Callable[..., User],
    mailbox: MailBox,
    is_approved: bool,
) -> None:
    owner = member(Role.VIEWER, username="owen")
    KeyResult.objects.filter(pk=key_result.pk).update(owner=owner)
    asked = move(key_result, lead)
    assert send().sent == 1
    request_decide(request=asked, by=pmo, is_approved=is_approved, note="talk to sales")
    assert send().sent == 2
    assert told()[:2] == [(DECISION, lead, 1), (DECISION, owner, 1)]
    (said,) = Notification.objects.get(recipient=lead).payload["entries"]
    assert (said["decision"], said["note"]) == (
        "approved" if is_approved else "rejected",
        "talk to sales",
    )
    day = "2027-03-31" if is_approved else "2026-12-31"
    assert [one["due_on"] for one in said["facts"]["in_force"]] == [day, "2027-12-31"]


def test_who_asked_and_decided_is_not_told(key_result: KeyResult, pmo: User) -> None:
    assert key_result.owner == pmo
    request_decide(request=move(key_result, pmo), by=pmo, is_approved=True)
    assert due(60) == 0


def test_a_request_that_was_decided_first_asks_nobody(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    member: Callable[..., User],
    mailbox: MailBox,
) -> None:
    member(Role.PMO)
    request_decide(request=drop(key_result, lead), by=pmo, is_approved=True)
    assert send().withdrawn == 2
    assert told() == [(DECISION, lead, 1)]
    rows = Notification.objects.filter(state="withdrawn")
    assert {row.reason for row in rows} == {"not_concerned"}


def test_what_was_decided_meanwhile_is_left_out_of_the_mail(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    decided = move(key_result, lead)
    waiting = add(key_result, lead)
    request_decide(request=decided, by=pmo, is_approved=False, note="no")
    send()
    (said,) = Notification.objects.get(kind=REQUEST).payload["entries"]
    assert said["id"] == waiting.pk
    assert f"/requests/{decided.pk}/" not in str(mailbox.messages[0])


def test_a_request_that_was_taken_back_first_tells_nobody(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    request_withdraw(request=move(key_result, lead), by=lead)
    assert send() == Sent(withdrawn=1)
    assert mailbox.messages == []


def test_withdrawn_by_somebody_else_is_told(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    request_withdraw(request=move(key_result, lead), by=pmo)
    send()
    assert told() == [(DECISION, lead, 1)]


def test_who_left_or_may_not_sign_in_is_not_told(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    member: Callable[..., User],
    mailbox: MailBox,
) -> None:
    member(Role.ADMIN, is_active=False)
    gone = member(Role.PMO)
    gone.memberships.all().delete()
    asked = move(key_result, lead)
    assert send().sent == 1
    assert told() == [(REQUEST, pmo, 1)]
    User.objects.filter(pk=lead.pk).update(is_active=False)
    KeyResult.objects.filter(pk=key_result.pk).update(owner=gone)
    request_decide(request=asked, by=pmo, is_approved=False, note="no")
    assert due() == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda pmo: User.objects.filter(pk=pmo.pk).update(is_active=False), "inactive"),
        (lambda pmo: pmo.memberships.all().delete(), "not_in_plan"),
        (lambda pmo: pmo.memberships.update(role=Role.VIEWER), "not_concerned"),
        (lambda _pmo: Objective.objects.update(archived_at=timezone.now()), "not_concerned"),
        (lambda pmo: ChangeRequest.objects.update(requested_by=pmo), "not_concerned"),
    ],
)
def test_who_may_not_decide_any_more_is_not_asked(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    mailbox: MailBox,
    change: Callable[[User], object],
    reason: str,
) -> None:
    """It is looked at again when the mail is sent, five minutes after the request."""
    move(key_result, lead)
    change(pmo)
    assert send() == Sent(withdrawn=1)
    assert Notification.objects.get().reason == reason
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lead: lead.memberships.all().delete(), "not_in_plan"),
        (lambda _lead: ChangeRequest.objects.update(requested_by=signer()), "not_concerned"),
        (lambda _lead: Objective.objects.update(archived_at=timezone.now()), "not_concerned"),
        (
            lambda _lead: ChangeRequest.objects.update(
                decision="pending", decided_by=None, decided_at=None
            ),
            "not_concerned",
        ),
    ],
)
def test_a_decision_that_does_not_concern_any_more_is_not_told(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    mailbox: MailBox,
    change: Callable[[User], object],
    reason: str,
) -> None:
    asked = move(key_result, lead)
    send()
    request_decide(request=asked, by=pmo, is_approved=False, note="no")
    change(lead)
    assert send() == Sent(withdrawn=1)
    assert Notification.objects.get(kind=DECISION).reason == reason


def test_an_archived_plan_tells_nobody_before_it_is_back(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    move(key_result, lead)
    Plan.objects.update(archived_at=timezone.now())
    assert send() == Sent()
    Plan.objects.update(archived_at=None)
    assert send().sent == 1


def test_without_an_address_the_failure_is_seen_and_it_is_sent_again(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    User.objects.filter(pk=pmo.pk).update(email="")
    move(key_result, lead)
    assert send().failed == 1
    row = Notification.objects.get()
    assert row.state == NotificationState.FAILED
    User.objects.filter(pk=pmo.pk).update(email="pam@example.org")
    row.recipient.refresh_from_db()
    assert notification_resend(notification=row, by=pmo)
    assert notifications_send().sent == 1
    assert mailbox.recipients == ["pam@example.org"]


def test_telling_leaves_no_trace_in_the_history(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox
) -> None:
    asked = move(key_result, lead)
    send()
    events = asked.events.values_list("pgh_label", flat=True)  # type: ignore[attr-defined]
    assert list(events) == ["insert"]


def test_long_lists_are_cut(
    *,
    key_result: KeyResult,
    pmo: User,
    lead: User,
    mailbox: MailBox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apps.outbox.services.writing.ENTRIES_MOST", 1)
    monkeypatch.setattr("apps.objectives.services.target_changes.TARGETS_MOST", 1)
    for asked in (add(key_result, lead), add(key_result, lead, dt.date(2026, 7, 31))):
        request_decide(request=asked, by=pmo, is_approved=False, note="no")
    send()
    words = letter(Notification.objects.get(kind=DECISION))
    assert words.subject == "2 changes of targets were decided"
    assert "In force now: 20 by 31 Dec 2026\nand 1 more" in words.text
    assert "and 1 more on the site" in words.text


def parts(box: MailBox) -> tuple[str, str, str]:
    """Subject, text and HTML of the only mail."""
    (message,) = box.messages
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (str(body.get_content()) for body in bodies if body is not None)
    return str(message["Subject"]), text.replace("\r\n", "\n"), html


REQUESTED = {
    "en": ("Please decide: change of a target of Sales", "Asked for: 20 by 31 Mar 2027"),
    "zh-hans": ("请决定：“Sales”的目标值变更", "2027年3月31日前达到 20"),
}


@pytest.mark.parametrize("language", REQUESTED)
def test_the_mail_that_asks_for_a_decision(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox, language: str
) -> None:
    User.objects.filter(pk=pmo.pk).update(language=language)
    asked = move(key_result, lead)
    assert send().sent == 1
    subject, text, html = parts(mailbox)
    expected, wish = REQUESTED[language]
    assert subject == expected
    for body in (text, html):
        assert wish.split(": ")[-1] in body
        assert "supplier is late" in body
        assert "Lea Lead" in body
        assert f"/plans/{key_result.plan.key}/requests/{asked.pk}/" in body
    assert wish in text
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html
    assert "<img" not in html


DECIDED = {
    "en": (
        "Rejected: change of a target of Sales",
        "Note on the decision: <b>no</b>",
        "In force now: 20 by 31 Dec 2026\n40 by 31 Dec 2027",
    ),
    "zh-hans": (
        "已驳回：“Sales”的目标值变更",
        "<b>no</b>",
        "2026年12月31日前达到 20\n2027年12月31日前达到 40",
    ),
}


@pytest.mark.parametrize("language", DECIDED)
def test_the_mail_about_a_decision(
    key_result: KeyResult, pmo: User, lead: User, mailbox: MailBox, language: str
) -> None:
    User.objects.filter(pk=lead.pk).update(language=language)
    asked = add(key_result, lead)
    Notification.objects.all().delete()
    request_decide(request=asked, by=pmo, is_approved=False, note="<b>no</b>")
    assert send().sent == 1
    subject, text, html = parts(mailbox)
    expected, *words = DECIDED[language]
    assert subject == expected
    assert all(word in text for word in words)
    assert "&lt;b&gt;no&lt;/b&gt;" in html
    assert "Pam Office" in html


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (move, "In force now: 20 by 31 Dec 2026\nAsked for: 20 by 31 Mar 2027\n"),
        (
            add,
            "In force now: 20 by 31 Dec 2026\n40 by 31 Dec 2027\n"
            "Asked for: A further target · 15 by 30 Jun 2026\n",
        ),
        (drop, "In force now: 20 by 31 Dec 2026\nAsked for: Give the target up\n"),
    ],
)
def test_what_is_asked_is_said_beside_what_is_in_force(
    key_result: KeyResult,
    pmo: User,
    lead: User,
    ask: Callable[[KeyResult, User], ChangeRequest],
    words: str,
) -> None:
    ask(key_result, lead)
    assert words in letter(Notification.objects.get(recipient=pmo)).text


def test_bounds_are_said_in_words(key_result: KeyResult, pmo: User, lead: User) -> None:
    """A key result that is kept within bounds has no value of its own on a day."""
    KeyResult.objects.update(
        kind="keep_within", lower_bound=5, upper_bound=Decimal("7.5"), unit="days", baseline=None
    )
    KeyResultTarget.objects.update(value=None)
    key_result.refresh_from_db()
    asked = drop(key_result, lead)
    text = letter(Notification.objects.get(recipient=pmo)).text
    assert asked.payload["old"]["value"] is None
    assert "In force now: 5\N{NARROW NO-BREAK SPACE}days – 7.5" in text
    assert "Asked for: Give the target up" in text


@pytest.fixture
def committed(transactional_db: None) -> list[ChangeRequest]:
    """A request in each of three plans, rows that all threads see."""
    lead, found = make_user(), []
    for plan in [make_plan() for _ in range(3)]:
        pmo = make_member(plan, Role.PMO)
        add_member(plan, lead)
        found.append(move(rising_objective(plan, pmo).key_results.get(), lead))
    return found


def in_threads(count: int, work: Callable[[], object]) -> list[object]:
    barrier = threading.Barrier(count)

    def run(_number: int) -> object:
        barrier.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_workers_at_once_tell_everything_once(
    committed: list[ChangeRequest], mailbox: MailBox
) -> None:
    Notification.objects.update(next_action_at=timezone.now())
    in_threads(4, notifications_send)
    assert Notification.objects.filter(state="sent").count() == 3
    assert len(mailbox.messages) == 3


def test_what_is_not_committed_is_told_to_nobody(
    committed: list[ChangeRequest], mailbox: MailBox
) -> None:
    asked = committed[0]
    pmo = User.objects.get(memberships__plan=asked.plan, memberships__role=Role.PMO)
    with transaction.atomic():
        request_decide(request=asked, by=pmo, is_approved=True)
        in_threads(1, send)
    assert {kind for kind, _user, _count in told()} == {REQUEST}
    assert send().sent == 1
    assert Notification.objects.filter(kind=REQUEST).count() == 3
    assert Notification.objects.get(kind=DECISION).recipient == asked.requested_by
