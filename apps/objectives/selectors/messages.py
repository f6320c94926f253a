"""What messages about comments keep, and whom they still concern when they go out."""

from collections.abc import Mapping, Sequence

from apps.objectives.domain.payloads import TEXT_MOST, MentionEntry, Mentions
from apps.objectives.models import Comment
from apps.outbox.domain.payload import PlanName
from apps.outbox.kinds import Waiting
from apps.plans.addresses import plan_path
from apps.plans.models import Plan


def mention_payload(plan: Plan, comment: Comment) -> Mentions:
    """One comment, frozen when it is written."""
    on = comment.objective or comment.key_result
    section = "objectives" if comment.objective_id else "key-results"
    assert on is not None  # noqa: S101 - a constraint of the table
    entry = MentionEntry(
        id=comment.pk,
        author=str(comment.author),
        at=comment.created_at,
        name=on.name,
        path=f"{plan_path(plan.key)}{section}/{on.key}/comments/",
        text=comment.text[:TEXT_MOST],
    )
    return Mentions(plan=PlanName(key=plan.key, name=plan.name), entries=(entry,))


def mentions_concerned(waiting: Sequence[Waiting[Mentions]]) -> Mapping[int, Mentions]:
    """Comments that stand, on what is not archived, and mention the reader (one query)."""
    ids = {pk for one in waiting for pk in one.payload.ids}
    mentions = Comment.mentions.through.objects.filter(
        comment__in=ids,
        comment__objective__archived_at=None,
        comment__key_result__objective__archived_at=None,
    )
    standing = set(mentions.values_list("user_id", "comment_id"))
    found = (
        (
            one.row.pk,
            one.payload.kept({pk for user, pk in standing if user == one.row.recipient_id}),
        )
        for one in waiting
    )
    return {pk: left for pk, left in found if left is not None}
