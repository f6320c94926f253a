"""Messages that collect entries: one mail of what happens within five minutes, nothing lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.objectives.models import Comment, KeyResult, Objective
from apps.objectives.services.comments import comment_add
from apps.outbox.models import Notification
from apps.outbox.services import notifications_send
from apps.outbox.services.letters import letter
from apps.outbox.services.sending import notifications_claim
from apps.people.models import User
from apps.plans.models import Plan
from tests.build import add_member, make_member, make_plan
from tests.mailserver import MailBox
from tests.services.objectives.conftest import rising_objective


@pytest.fixture
def committed(transactional_db: None) -> Plan:
    """A plan with an objective and twelve people, rows that all threads see."""
    plan = make_plan()
    for number in range(12):
        make_member(plan, username=f"reader{number}")
    rising_objective(plan, User.objects.get(username="reader0"))
    return plan


def in_threads(count: int, work: Callable[[int], object]) -> None:
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


def say(number: int, names: list[str]) -> Comment:
    """One of the readers mentions others."""
    objective = Objective.objects.get()
    by = User.objects.get(username=f"reader{number}")
    return comment_add(on=objective, by=by, text=" ".join(f"@{name}" for name in names))


def due_now() -> None:
    Notification.objects.exclude(next_action_at=None).update(next_action_at=timezone.now())


def test_causes_at_once_make_one_message_a_person(committed: Plan, mailbox: MailBox) -> None:
    names = [f"reader{number}" for number in range(6, 12)]

    def work(number: int) -> None:
        for turn in range(5):
            say(number, names if turn % 2 else names[::-1])

    in_threads(4, work)
    rows = list(Notification.objects.all())
    assert len(rows) == 6
    comments = set(Comment.objects.values_list("pk", flat=True))
    for row in rows:
        assert {entry["id"] for entry in row.payload["entries"]} == comments
    due_now()
    assert notifications_send().sent == len(mailbox.messages) == 6


def test_an_entry_that_meets_the_sender_is_not_lost(committed: Plan, mailbox: MailBox) -> None:
    """Whichever comes first: the entry stands in the first message or in the next."""

    def work(number: int) -> None:
        for _turn in range(15):
            if number:
                say(number, ["reader11"])
            else:
                due_now()
                notifications_send()

    in_threads(3, work)
    due_now()
    notifications_send()
    rows = Notification.objects.filter(recipient__username="reader11")
    assert set(rows.values_list("state", flat=True)) == {"sent"}
    sent = [entry["id"] for row in rows for entry in row.payload["entries"]]
    assert sorted(sent) == sorted(Comment.objects.values_list("pk", flat=True))
    assert len(mailbox.messages) == rows.count()


def test_a_cause_that_is_under_way_is_left_for_the_next_round(committed: Plan) -> None:
    say(1, ["reader11"])
    due_now()
    with transaction.atomic():
        say(2, ["reader11"])
        in_threads(1, lambda _number: claimed.extend(notifications_claim(now=timezone.now())))
    assert claimed == []
    (row,) = notifications_claim(now=timezone.now())
    assert len(row.payload["entries"]) == 2


claimed: list[Notification] = []


def test_a_cause_that_is_undone_tells_nobody(objective: Objective, pmo: User, viewer: User) -> None:
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} first")
    with transaction.atomic():
        comment_add(on=objective, by=pmo, text=f"@{viewer.username} second")
        transaction.set_rollback(True)
    (entry,) = Notification.objects.get().payload["entries"]
    assert entry["text"].endswith("first")


def test_entries_of_another_kind_or_plan_are_apart(
    objective: Objective, key_result: KeyResult, pmo: User, viewer: User
) -> None:
    comment_add(on=objective, by=pmo, text=f"@{viewer.username}")
    other = make_plan()
    add_member(other, viewer)
    comment_add(on=rising_objective(other, pmo), by=pmo, text=f"@{viewer.username}")
    assert Notification.objects.filter(recipient=viewer).count() == 2


def test_beyond_thirty_entries_the_ids_are_kept(
    objective: Objective, pmo: User, viewer: User, mailbox: MailBox
) -> None:
    """So that what is gone by then is not counted either."""
    said = [
        comment_add(on=objective, by=pmo, text=f"@{viewer.username} {number}")
        for number in range(33)
    ]
    row = Notification.objects.get()
    assert len(row.payload["entries"]) == 30
    assert row.payload["more"] == [one.pk for one in said[30:]]
    said[1].delete()
    said[-1].delete()
    due_now()
    assert notifications_send().sent == 1
    row.refresh_from_db()
    assert (len(row.payload["entries"]), len(row.payload["more"])) == (29, 2)
    words = letter(row)
    assert words.subject == "You were mentioned in 31 comments"
    assert "and 2 more on the site" in words.text


def test_with_only_uncounted_ones_left_the_mail_says_how_many(
    objective: Objective, pmo: User, viewer: User, mailbox: MailBox
) -> None:
    for number in range(31):
        said = comment_add(on=objective, by=pmo, text=f"@{viewer.username} {number}")
    Comment.objects.exclude(pk=said.pk).delete()
    due_now()
    assert notifications_send().sent == 1
    assert mailbox.subjects() == ["You were mentioned in 1 comment"]
