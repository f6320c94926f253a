"""Say something about an objective or a key result; who is mentioned is told by mail."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from apps.objectives.domain.mentions import mentioned
from apps.objectives.domain.payloads import MENTION
from apps.objectives.models import Comment, KeyResult, Objective
from apps.objectives.selectors.messages import mention_payload
from apps.outbox.services import entry_collect
from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.services.change import plan_hold

REPEATED_WITHIN = dt.timedelta(hours=1)


def comment_once(*, on: Objective | KeyResult, by: User, text: str) -> tuple[Comment, bool]:
    """The comment, and whether it is new: what somebody sends again within the hour is one."""
    # Of two that come at once, the second waits here and finds the first.
    with plan_hold(on.plan):
        last = on.comments.filter(author=by).order_by("-created_at", "-id").first()
        since = timezone.now() - REPEATED_WITHIN
        if last is not None and last.text == text and last.created_at > since:
            return last, False
        return comment_add(on=on, by=by, text=text), True


def comment_add(*, on: Objective | KeyResult, by: User, text: str) -> Comment:
    """Keep a comment, and tell the members of the plan whose user name stands behind an @.

    Whoever mentions themselves is told nothing. A comment is never changed afterwards.
    """
    people = people_mentioned(on.plan, text)
    people.pop(by.username, None)
    with transaction.atomic():
        comment = Comment.objects.create(
            plan=on.plan,
            objective=on if isinstance(on, Objective) else None,
            key_result=on if isinstance(on, KeyResult) else None,
            author=by,
            text=text,
        )
        comment.mentions.set(people.values())
        entry_collect(
            kind=MENTION,
            plan=on.plan,
            step=f"mention:{comment.pk}",
            people=people.values(),
            payload=mention_payload(on.plan, comment),
            now=comment.created_at,
        )
    return comment


def people_mentioned(plan: Plan, text: str) -> dict[str, User]:
    """Active members of the plan by user name; no query where the text has no @."""
    if "@" not in text and "＠" not in text:
        return {}
    members = User.objects.filter(memberships__plan=plan, is_active=True).distinct()
    by_name = {user.username: user for user in members}
    return {name: by_name[name] for name in mentioned(text, by_name)}
