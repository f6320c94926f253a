"""What pushes an item, up to the root cause, and what it pushes itself."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, When

from apps.plans.addresses import item_path, why_path
from apps.plans.engine.explanation import DriverStep
from apps.plans.models import Item, Plan
from apps.plans.querysets import level_rank
from apps.plans.selectors.explanations import driver_id, is_stalled
from apps.plans.selectors.outlooks import Outlook, OutlookMaker

LONGEST_CHAIN = 25
MOST_MOVED = 8

# One step a row, nearest first. A chain never turns back (links run in no circle), the depth is
# bounded all the same. `kinds` names the links between the two, such as "FS 0, FF 5".
CHAIN = """
WITH RECURSIVE chain (id, successor_id, depth) AS (
    SELECT item.{column}, item.id, 1 FROM plans_item item WHERE item.id = %(item)s
    UNION ALL
    SELECT item.{column}, item.id, chain.depth + 1
    FROM chain JOIN plans_item item ON item.id = chain.id
    WHERE item.{column} IS NOT NULL AND chain.depth < %(most)s
)
SELECT chain.id, (
    SELECT string_agg(link.kind || ' ' || link.lag_days, ', ' ORDER BY link.kind)
    FROM plans_link link
    WHERE link.predecessor_id = chain.id AND link.successor_id = chain.successor_id
) AS kinds
FROM chain WHERE chain.id IS NOT NULL ORDER BY chain.depth
"""


@dataclass(frozen=True, slots=True)
class Driver:
    """A step of the driver chain: the item, the links to the next one, how it looks today.

    ``links`` are (kind, lag in days); empty when the way leads across a cancelled item.
    """

    item: Item
    links: tuple[tuple[str, int], ...]
    outlook: Outlook
    href: str
    why: str

    def step(self) -> DriverStep:
        """As the engine's explanation holds it."""
        kind, lag = self.links[0] if self.links else ("", 0)
        return DriverStep(self.item.key, kind, lag)


def driver_chain(item: Item, plan: Plan, looks: OutlookMaker) -> tuple[Driver, ...]:
    """The chain from the item's driver to the root cause; empty when nothing pushes it.

    The whole chain follows what gives the forecast today: what was reported, or that nothing was.
    Two queries, bounded by LONGEST_CHAIN steps.
    """
    if driver_id(item, looks.day) is None:
        return ()
    column = "stall_driver_id" if is_stalled(item, looks.day) else "driver_id"
    with connection.cursor() as cursor:
        cursor.execute(CHAIN.format(column=column), {"item": item.pk, "most": LONGEST_CHAIN})
        rows: list[tuple[int, str | None]] = cursor.fetchall()
    found = Item.objects.select_related("owner").in_bulk([pk for pk, _kinds in rows])
    return tuple(driver(found[pk], kinds or "", plan, looks) for pk, kinds in rows)


def driver(item: Item, kinds: str, plan: Plan, looks: OutlookMaker) -> Driver:
    """One step, as it looks today."""
    pairs = [text.split(" ") for text in kinds.split(", ") if text]
    return Driver(
        item=item,
        links=tuple((kind, int(lag)) for kind, lag in pairs),
        outlook=looks.of(item),
        href=item_path(plan.key, item.kind, item.key),
        why=why_path(plan.key, item.pk),
    )


def moved_by(item: Item, plan: Plan, day: int) -> list[Item]:
    """The late open items whose root cause the item is on day number ``day``, worst first."""
    late = Item.objects.filter(plan=plan).late().exclude(pk=item.pk)
    moved = late.alias(root_now=root_now(day)).filter(root_now=item.pk)
    return list(moved.order_by(level_rank().desc(), "finish_on")[:MOST_MOVED])


def root_now(day: int) -> Case:
    """SQL: id of the root cause on day number ``day``."""
    stalls = Q(forecast_b__isnull=False, forecast_a__lt=F("forecast_b") + day)
    return Case(
        When(stalls, then=F("stall_root_id")),
        default=F("root_id"),
        output_field=IntegerField(),
    )
