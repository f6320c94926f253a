"""Tells people who were mentioned: one message a person and batch, however many comments."""

import datetime as dt
from collections import defaultdict

from django.db import transaction

from apps.alerts.models import Notification, NotificationState, Topic
from apps.alerts.selectors.mentions import mention_facts
from apps.alerts.services.outbox import NO_ADDRESS
from apps.objectives.models import Comment
from apps.people.models import User
from apps.plans.models import Plan

# What is said within this time of the first mention goes out together.
BATCH = dt.timedelta(minutes=5)


def mentions_write(*, now: dt.datetime) -> int:
    """Write the messages whose batch is over; returns how many. With none it costs one probe."""
    waiting = Comment.objects.filter(untold_since__lte=now - BATCH)
    plans = list(waiting.order_by().values_list("plan_id", flat=True).distinct())
    return sum(plan_tell(plan_id=pk, now=now) for pk in plans)


def plan_tell(*, plan_id: int, now: dt.datetime) -> int:
    """The messages of one plan, in one transaction; none while another worker tells them."""
    with transaction.atomic():
        plan = Plan.objects.filter(pk=plan_id).get()
        untold = Comment.objects.filter(plan=plan, untold_since__isnull=False)
        claimed = [row.pk for row in untold.select_for_update(skip_locked=True).only("pk")]
        comments = Comment.objects.filter(pk__in=claimed).order_by("created_at", "id")
        found: dict[int, list[Comment]] = defaultdict(list)
        people: dict[int, User] = {}
        members = set(plan.memberships.values_list("user_id", flat=True))
        for comment in comments.select_related(
            "author", "objective", "key_result"
        ).prefetch_related("mentions"):
            for user in comment.mentions.all():
                if user.is_active and user.pk in members:
                    found[user.pk].append(comment)
                    people[user.pk] = user
        rows = [mention_row(plan, people[pk], about, now) for pk, about in found.items()]
        Notification.objects.bulk_create(rows)
        comments.update(untold_since=None)
    return len(rows)


def mention_row(plan: Plan, user: User, comments: list[Comment], now: dt.datetime) -> Notification:
    """A message to send now; without an address it fails at once, where everybody sees it."""
    return Notification(
        plan=plan,
        topic=Topic.MENTION,
        step=f"mention:{comments[-1].pk}",
        recipient=user,
        address=user.email,
        facts=mention_facts(plan, comments),
        state=NotificationState.PENDING if user.email else NotificationState.FAILED,
        next_action_at=now if user.email else None,
        last_error="" if user.email else NO_ADDRESS,
    )
