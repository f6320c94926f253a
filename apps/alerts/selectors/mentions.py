"""What a message about mentions says: the comments as plain data, and that in words."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alerts.models import Notification
from apps.core.ui.formats import format_moment
from apps.objectives.models import Comment
from apps.plans.addresses import plan_path
from apps.plans.models import Plan

COMMENTS_MOST = 30
TEXT_MOST = 1000
Facts = dict[str, Any]


def mention_facts(plan: Plan, comments: Sequence[Comment]) -> Facts:
    """All that the message says, frozen when it is written; the comments in their order."""
    return {
        "plan": {"key": plan.key, "name": plan.name},
        "comments": [_comment_facts(plan, comment) for comment in comments[:COMMENTS_MOST]],
        "more": max(len(comments) - COMMENTS_MOST, 0),
    }


def _comment_facts(plan: Plan, comment: Comment) -> Facts:
    on = comment.objective or comment.key_result
    section = "objectives" if comment.objective_id else "key-results"
    assert on is not None  # noqa: S101 - a constraint of the table
    return {
        "id": comment.pk,
        "author": str(comment.author),
        "at": comment.created_at.isoformat(),
        "name": on.name,
        "path": f"{plan_path(plan.key)}{section}/{on.key}/comments/",
        "text": comment.text[:TEXT_MOST],
    }


def mention_subject(notification: Notification) -> str:
    """Who mentioned the reader, and where; in the active language."""
    found = notification.facts["comments"]
    names = list(dict.fromkeys(comment["author"] for comment in found))
    count = len(found) + notification.facts["more"]
    if count == 1:
        return _("%(author)s mentioned you: %(name)s") % {
            "author": names[0],
            "name": found[0]["name"],
        }
    text = ngettext(
        "You were mentioned in %(count)s comment", "You were mentioned in %(count)s comments", count
    )
    return text % {"count": count}


def mention_context(notification: Notification) -> dict[str, Any]:
    """Everything that the templates show, in the active language and the reader's time zone."""
    facts = notification.facts
    with timezone.override(ZoneInfo(notification.recipient.time_zone)):
        comments = [
            {
                **comment,
                "at": format_moment(dt.datetime.fromisoformat(comment["at"])),
                "url": f"{settings.SITE_URL}{comment['path']}#comment-{comment['id']}",
            }
            for comment in facts["comments"]
        ]
    return {
        "subject": mention_subject(notification),
        "plan": facts["plan"],
        "comments": comments,
        "more": facts["more"],
        "language": "zh-Hans" if notification.recipient.language == "zh-hans" else "en",
    }
