"""The part of a plan's network that a change can move, read in one query."""

from collections.abc import Collection
from dataclasses import dataclass

from apps.plans.engine.links import Link, LinkKind
from apps.plans.models import Item, ItemState

# Down from what changed; then one step up to what pushes it, and on up through cancelled items,
# because their finish-to-start links are bridged.
# UNION, not UNION ALL: what two ways lead to is walked once, and a circle comes to an end, so that
# the engine can name it.
REACH = """
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%(ids)s::bigint[])
    UNION
    SELECT link.successor_id FROM plans_link link JOIN reached ON link.predecessor_id = reached.id
), above (id) AS (
    SELECT link.predecessor_id FROM plans_link link JOIN reached ON link.successor_id = reached.id
    UNION
    SELECT link.predecessor_id FROM plans_link link
    JOIN above ON link.successor_id = above.id
    JOIN plans_item item ON item.id = above.id AND item.state = 'cancelled'
), edge AS (
    SELECT link.predecessor_id, link.successor_id, link.kind, link.lag_days
    FROM plans_link link
    WHERE link.successor_id IN (SELECT id FROM reached)
       OR link.successor_id IN (
           SELECT above.id FROM above JOIN plans_item item ON item.id = above.id
           WHERE item.state = 'cancelled')
)
SELECT item.*, entering.edges
FROM plans_item item
LEFT JOIN (
    SELECT successor_id, json_agg(json_build_array(predecessor_id, kind, lag_days)) AS edges
    FROM edge GROUP BY successor_id
) entering ON entering.successor_id = item.id
WHERE item.id IN (SELECT id FROM reached UNION SELECT predecessor_id FROM edge)
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Items that a change can move (``moved``), the items that push them, and the links."""

    items: dict[int, Item]
    moved: frozenset[int]
    links: list[Link[int]]


def read_reach(item_ids: Collection[int]) -> Reach:
    """What a change of these items can move. One query, linear in the part that is reached."""
    items: dict[int, Item] = {}
    links: list[Link[int]] = []
    for item in Item.objects.raw(REACH, {"ids": list(item_ids)}):
        items[item.pk] = item
        for before, kind, lag in getattr(item, "edges", None) or ():
            links.append(Link(before, item.pk, LinkKind(kind), lag))
    successors: dict[int, list[int]] = {}
    for link in links:
        successors.setdefault(link.predecessor, []).append(link.successor)
    # The rows do not say which of them move and which only push; the links do.
    moved = set(item_ids)
    waiting = list(moved)
    while waiting:
        for after in successors.get(waiting.pop(), ()):
            if after not in moved:
                moved.add(after)
                waiting.append(after)
    return Reach(items, frozenset(moved), links)


def cancelled_ids(reach: Reach) -> list[int]:
    """Items of the reach that take no part in the network."""
    return [key for key, item in reach.items.items() if item.state == ItemState.CANCELLED]
