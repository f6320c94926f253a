"""Comments, and who is told of a mention."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from apps.alerts.models import Notification, NotificationState, Topic
from apps.alerts.services.mentions import mentions_write
from apps.alerts.services.outbox import BATCH
from apps.objectives.models import Comment, KeyResult, Objective
from apps.objectives.services.comments import comment_add
from apps.people.models import User
from apps.plans.models import Role
from tests.factories import UserFactory


def later(minutes: float = 6) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def test_a_comment_keeps_who_was_mentioned(objective: Objective, pmo: User, viewer: User) -> None:
    said = comment_add(on=objective, by=pmo, text=f"@{viewer.username} and @{pmo.username}, look")
    assert list(said.mentions.all()) == [viewer]
    assert said.untold_since is not None
    assert comment_add(on=objective, by=pmo, text="Nothing to tell").untold_since is None


def test_strangers_are_not_mentioned(objective: Objective, pmo: User) -> None:
    stranger = UserFactory.create(username="stranger")
    said = comment_add(on=objective, by=pmo, text=f"@{stranger.username} look")
    assert not said.mentions.exists()


def test_one_message_a_person_and_batch(
    objective: Objective, key_result: KeyResult, pmo: User, viewer: User
) -> None:
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} first")
    last = comment_add(on=key_result, by=pmo, text=f"again @{viewer.username}")
    comment_add(on=objective, by=viewer, text=f"yes @{pmo.username}")
    assert mentions_write(now=later(1)) == 0
    assert mentions_write(now=later()) == 2
    told = Notification.objects.get(recipient=viewer)
    assert (told.topic, told.step, told.alert) == (Topic.MENTION, f"mention:{last.pk}", None)
    assert [comment["text"] for comment in told.facts["comments"]] == [
        f"@{viewer.username} first",
        f"again @{viewer.username}",
    ]
    assert told.facts["comments"][1]["path"].endswith("/key-results/sales/comments/")
    assert not Comment.objects.exclude(untold_since=None).exists()
    assert mentions_write(now=later(60)) == 0


def test_the_batch_is_counted_from_the_first_mention(
    objective: Objective, pmo: User, viewer: User
) -> None:
    first = comment_add(on=objective, by=pmo, text=f"@{viewer.username} first")
    Comment.objects.filter(pk=first.pk).update(untold_since=timezone.now() - BATCH)
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} just now")
    assert mentions_write(now=timezone.now()) == 1
    assert len(Notification.objects.get().facts["comments"]) == 2


def test_who_left_the_plan_is_not_told(objective: Objective, pmo: User, viewer: User) -> None:
    comment_add(on=objective, by=pmo, text=f"@{viewer.username} look")
    viewer.memberships.all().delete()
    assert mentions_write(now=later()) == 0
    assert not Comment.objects.exclude(untold_since=None).exists()


def test_without_an_address_the_failure_is_seen(
    objective: Objective, pmo: User, member: Callable[..., User]
) -> None:
    bare = member(Role.VIEWER, username="bare", email="")
    comment_add(on=objective, by=pmo, text=f"@{bare.username} look")
    mentions_write(now=later())
    assert Notification.objects.get().state == NotificationState.FAILED
