"""Comments, and who is told of a mention."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from apps.objectives.models import Comment, KeyResult, Objective
from apps.objectives.services.comments import comment_add
from apps.outbox.models import Notification, NotificationState
from apps.outbox.services import BATCH, Sent, notifications_send
from apps.people.models import User
from apps.plans.models import Role
from tests.build import make_user
from tests.mailserver import MailBox


def send() -> Sent:
    """What waits goes out, as if its five minutes were over."""
    Notification.objects.exclude(next_action_at=None).update(next_action_at=timezone.now())
    return notifications_send()


def later(minutes: float = 6) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def test_a_comment_keeps_who_was_mentioned(objective: Objective, pmo: User, viewer: User) -> None:
    said = comment_add(on=objective, by=pmo, text=f"@{viewer.username} and @{pmo.username}, look")
    assert list(said.mentions.all()) == [viewer]
    assert Notification.objects.get().recipient == viewer
    comment_add(on=objective, by=pmo, text="Nothing to tell")
    assert Notification.objects.count() == 1


def test_strangers_are_not_mentioned(objective: Objective, pmo: User) -> None:
    stranger = make_user(username="stranger")
    said = comment_add(on=objective, by=pmo, text=f"@{stranger.username} look")
    assert not said.mentions.exists()


def test_one_message_a_person_and_batch(
    *, objective: Objective, key_result: KeyResult, pmo: User, viewer: User, mailbox: MailBox
) -> None:
    first = comment_add(on=objective, by=pmo, text=f"@{viewer.username} first")
    comment_add(on=key_result, by=pmo, text=f"again @{viewer.username}")
    comment_add(on=objective, by=viewer, text=f"yes @{pmo.username}")
    assert Notification.objects.due(later(1)).count() == 0
    assert Notification.objects.due(later()).count() == 2
    told = Notification.objects.get(recipient=viewer)
    assert (told.kind, told.step, told.thread) == ("mention", f"mention:{first.pk}", "")
    assert [comment["text"] for comment in told.payload["entries"]] == [
        f"@{viewer.username} first",
        f"again @{viewer.username}",
    ]
    assert told.payload["entries"][1]["path"].endswith("/key-results/sales/comments/")
    assert send().sent == 2
    assert Notification.objects.due(later(60)).count() == 0


def test_the_batch_is_counted_from_the_first_mention(
    objective: Objective, pmo: User, viewer: User
) -> None:
    with time_machine.travel(timezone.now() - BATCH, tick=False):
        comment_add(on=objective, by=pmo, text=f"@{viewer.username} first")
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} just now")
    assert Notification.objects.due(timezone.now()).count() == 1
    assert len(Notification.objects.get().payload["entries"]) == 2


def test_who_left_the_plan_is_not_told(
    objective: Objective, pmo: User, viewer: User, mailbox: MailBox
) -> None:
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} look")
    viewer.memberships.all().delete()
    assert send() == Sent(withdrawn=1)
    assert Notification.objects.get().reason == "not_in_plan"
    assert mailbox.messages == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: Comment.objects.all().delete(),
        lambda: Comment.mentions.through.objects.all().delete(),
        lambda: Objective.objects.update(archived_at=timezone.now()),
    ],
)
@pytest.mark.parametrize("noun", ["objective", "key_result"])
def test_what_is_gone_is_not_told(
    *,
    request: pytest.FixtureRequest,
    pmo: User,
    viewer: User,
    mailbox: MailBox,
    change: Callable[[], object],
    noun: str,
) -> None:
    comment_add(on=request.getfixturevalue(noun), by=pmo, text=f"@{viewer.username} look")
    change()
    assert send() == Sent(withdrawn=1)
    assert Notification.objects.get().reason == "not_concerned"


def test_without_an_address_the_failure_is_seen(
    objective: Objective, pmo: User, member: Callable[..., User], mailbox: MailBox
) -> None:
    bare = member(Role.VIEWER, username="bare", email="")
    comment_add(on=objective, by=pmo, text=f"@{bare.username} look")
    assert send().failed == 1
    assert Notification.objects.get().state == NotificationState.FAILED
