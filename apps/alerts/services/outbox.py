"""Writes the outbox: one message per root cause and person, all it says frozen in it.

Other messages are made here too, by those who know what they say.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.alerts.models import Channel, Notification, NotificationState, Topic
from apps.alerts.selectors.told import News, Story, StoryTeller
from apps.core.bulk import rows_copy
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role

COLUMNS = (
    "plan_id",
    "topic",
    "alert_id",
    "step",
    "recipient_id",
    "channel",
    "address",
    "facts",
    "state",
    "created_at",
    "next_action_at",
    "attempts",
    "server_reply",
    "last_error",
)
NO_ADDRESS = "This account has no e-mail address."
# What happens within this time of the first thing that waits to be told goes out together.
BATCH = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told: the owners of the items by id, and the PMO of the plan."""

    owners: dict[int, User]
    pmo: list[User]

    def of(self, news: Iterable[News]) -> list[User]:
        """The people who hear of these changes, each once, owners first."""
        people = {user.pk: user for one in news for user in self.owner_of(one)}
        people.update((user.pk, user) for user in self.pmo)
        return list(people.values())

    def owner_of(self, one: News) -> list[User]:
        """The item's owner, if there is one who can be told."""
        owner = self.owners.get(one.item.owner_id or 0)
        return [owner] if owner is not None and owner.is_active else []


def audience(plan: Plan, news: Iterable[News]) -> Audience:
    """Read who is to be told: two queries."""
    owner_ids = {one.item.owner_id for one in news if one.item.owner_id is not None}
    pmo = Membership.objects.filter(plan=plan, role=Role.PMO, user__is_active=True)
    people = {member.user_id: member.user for member in pmo.select_related("user").order_by("id")}
    return Audience(User.objects.in_bulk(owner_ids), list(people.values()))


def notifications_write(
    *, plan: Plan, news: Sequence[News], teller: StoryTeller, now: dt.datetime
) -> int:
    """Write one message per root cause and person about these changes; returns how many."""
    if not news:
        return 0
    people = audience(plan, news)
    teller.prepare(news, people.owners)
    by_root: dict[int, list[News]] = defaultdict(list)
    for one in news:
        by_root[one.root_id].append(one)
    rows: list[tuple[object, ...]] = []
    for root_id, group in by_root.items():
        story = teller.story(root_id, group)
        rows += [notification_row(plan, story, user, now) for user in people.of(story.news)]
    rows_copy(Notification, COLUMNS, rows)
    return len(rows)


def notification_row(plan: Plan, story: Story, user: User, now: dt.datetime) -> tuple[object, ...]:
    """A message to send now; without an address it fails at once, where everybody sees it."""
    lead = story.lead
    has_address = bool(user.email)
    return (
        *(plan.pk, Topic.LEVEL_CHANGE.value, lead.alert_id, lead.step),
        *(user.pk, Channel.EMAIL.value, user.email),
        story.facts_for(user),
        (NotificationState.PENDING if has_address else NotificationState.FAILED).value,
        now,
        now if has_address else None,
        *(0, "", "" if has_address else NO_ADDRESS),
    )


def message(
    *, plan: Plan, topic: Topic, step: str, to: User, facts: dict[str, Any], now: dt.datetime
) -> Notification:
    """A message of no alert to send now (not saved); without an address it fails at once."""
    return Notification(
        plan=plan,
        topic=topic,
        step=step,
        recipient=to,
        address=to.email,
        facts=facts,
        state=NotificationState.PENDING if to.email else NotificationState.FAILED,
        next_action_at=now if to.email else None,
        last_error="" if to.email else NO_ADDRESS,
    )
