"""Writes what is told of levels: one message per root cause and person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apps.alerts.domain.payload import LEVEL_CHANGE
from apps.alerts.selectors.digests import Change, DigestMaker
from apps.outbox.services import Message, messages_write
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told: the owners of the items by id, and the PMO of the plan."""

    owners: dict[int, User]
    pmo: list[User]

    def of(self, changes: Iterable[Change]) -> list[User]:
        """The people who hear of these changes, each once, owners first."""
        people = {user.pk: user for one in changes for user in self.owner_of(one)}
        people.update((user.pk, user) for user in self.pmo)
        return list(people.values())

    def owner_of(self, one: Change) -> list[User]:
        """The item's owner, if there is one who can be told."""
        owner = self.owners.get(one.item.owner_id or 0)
        return [owner] if owner is not None and owner.is_active else []


def audience(plan: Plan, changes: Iterable[Change]) -> Audience:
    """Read who is to be told: two queries."""
    owner_ids = {one.item.owner_id for one in changes if one.item.owner_id is not None}
    pmo = Membership.objects.filter(plan=plan, role=Role.PMO, user__is_active=True)
    people = {member.user_id: member.user for member in pmo.select_related("user").order_by("id")}
    return Audience(User.objects.in_bulk(owner_ids), list(people.values()))


def notifications_write(
    *, plan: Plan, changes: Sequence[Change], maker: DigestMaker, now: dt.datetime
) -> int:
    """Write one message per root cause and person about these changes; returns how many."""
    if not changes:
        return 0
    people = audience(plan, changes)
    maker.prepare(changes, people.owners)
    return messages_write(messages=_messages(plan, changes, maker, people), now=now)


def _messages(
    plan: Plan, changes: Sequence[Change], maker: DigestMaker, people: Audience
) -> Iterator[Message]:
    by_root: dict[int, list[Change]] = defaultdict(list)
    for one in changes:
        by_root[one.root_id].append(one)
    for root_id, group in by_root.items():
        digest = maker.digest(root_id, group)
        for user in people.of(digest.changes):
            yield Message(
                kind=LEVEL_CHANGE,
                plan=plan,
                thread=f"alert:{digest.lead.alert_id}",
                step=digest.lead.step,
                to=user,
                payload=digest.payload_for(user),
            )
