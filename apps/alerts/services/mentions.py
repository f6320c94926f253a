"""Tells people who were mentioned: one message a person and batch, however many comments."""

import datetime as dt
from collections import defaultdict

from django.db import transaction

from apps.alerts.models import Notification, Topic
from apps.alerts.selectors.mentions import mention_facts
from apps.alerts.services.outbox import BATCH, message
from apps.objectives.models import Comment
from apps.people.models import User
from apps.plans.models import Plan


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
        rows = [
            message(
                plan=plan,
                topic=Topic.MENTION,
                step=f"mention:{about[-1].pk}",
                to=people[pk],
                facts=mention_facts(plan, about),
                now=now,
            )
            for pk, about in found.items()
        ]
        Notification.objects.bulk_create(rows)
        comments.update(untold_since=None)
    return len(rows)
