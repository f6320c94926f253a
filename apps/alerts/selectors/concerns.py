"""Whom a message about levels still concerns."""

from collections.abc import Mapping, Sequence

from apps.alerts.domain.payload import LevelChanged
from apps.outbox.kinds import Waiting
from apps.plans.models import Item, Membership, Role


def levels_concerned(waiting: Sequence[Waiting[LevelChanged]]) -> Mapping[int, LevelChanged]:
    """Messages to whoever owns an item of it, or belongs to the PMO of the plan: two queries."""
    items = {entry.item.id for one in waiting for entry in one.payload.entries}
    owners = dict(Item.objects.filter(pk__in=items).values_list("pk", "owner_id"))
    pmo = set(
        Membership.objects.filter(
            plan__in={one.row.plan_id for one in waiting}, role=Role.PMO
        ).values_list("plan_id", "user_id")
    )
    return {
        one.row.pk: one.payload
        for one in waiting
        if (one.row.plan_id, one.row.recipient_id) in pmo
        or any(owners.get(entry.item.id) == one.row.recipient_id for entry in one.payload.entries)
    }
