"""What follows from where things hang: codes, order, and the links to milestones.

Called once within a change, after everything that it moves or adds hangs where it shall.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from apps.milestones.domain.outline import Key, Node, Rank, Spot, outline
from apps.milestones.models import Milestone, Task
from apps.milestones.selectors.tree import milestone_of
from apps.milestones.services.milestones import milestones_measure
from apps.plans.models import Link
from apps.plans.services.change import PlanChange

# The whole tree in one statement: its rows come from four tables. What was archived stands last,
# so that it leaves no hole among the codes of its siblings.
READ = f"""
SELECT {Rank.PHASE:d}, id, NULL::bigint, NULL::bigint, NULL::bigint, number, '', 0, 0, NULL::bigint,
    NULL::bigint FROM plans_phase WHERE plan_id = %(plan)s
UNION ALL
SELECT {Rank.TASK:d}, item.id, package_id, milestone_id, phase_id, position, code, outline, 0, NULL,
    NULL FROM milestones_task task JOIN plans_item item ON item.id = task.item_id
    WHERE plan_id = %(plan)s
UNION ALL
SELECT {Rank.MILESTONE:d}, item.id, NULL, NULL, phase_id, position, code, outline, 0, NULL, NULL
    FROM milestones_milestone milestone JOIN plans_item item ON item.id = milestone.item_id
    WHERE plan_id = %(plan)s
UNION ALL
SELECT {Rank.PACKAGE:d}, id, parent_id, milestone_id, phase_id,
    CASE WHEN is_archived THEN 2147483647 ELSE position END, code, outline, outline_last,
    branch_milestone_id, branch_phase_id FROM milestones_workpackage WHERE plan_id = %(plan)s
"""  # noqa: S608  numbers of an enum

# Both tables in one statement, and only rows that differ.
WRITE = f"""
WITH spot AS (
    SELECT * FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::int[], %s::int[], %s::bigint[],
        %s::bigint[]) AS spot (rank, id, code, outline, last, milestone_id, phase_id)
), packages AS (
    UPDATE milestones_workpackage package SET code = spot.code, outline = spot.outline,
        outline_last = spot.last, branch_milestone_id = spot.milestone_id,
        branch_phase_id = spot.phase_id
    FROM spot WHERE spot.rank = {Rank.PACKAGE:d} AND package.id = spot.id
)
UPDATE plans_item item SET code = spot.code, outline = spot.outline
FROM spot WHERE spot.rank <> {Rank.PACKAGE:d} AND item.id = spot.id
"""  # noqa: S608  numbers of an enum


class Row(NamedTuple):
    """A row of ``READ``: where it hangs, then what is stored of its spot."""

    rank: int
    pk: int
    package: int | None
    milestone: int | None
    phase: int | None
    position: int
    code: str
    outline: int
    last: int
    branch_milestone: int | None
    branch_phase: int | None

    @property
    def parent(self) -> Key:
        """What it hangs below."""
        if self.package is not None:
            return Rank.PACKAGE, self.package
        if self.milestone is not None:
            return Rank.MILESTONE, self.milestone
        return Rank.PHASE, self.phase or 0

    def is_at(self, spot: Spot) -> bool:
        """Whether what is stored is this."""
        stored = Spot(*self[6:])  # type: ignore[arg-type]
        return stored == spot if self.rank == Rank.PACKAGE else stored[:2] == spot[:2]


def tree_refresh(*, change: PlanChange) -> None:
    """Codes, order and implied links of the whole plan, after its tree was changed."""
    outline_renumber(change=change)
    moved = implied_links_follow(change=change)
    milestones = Milestone.objects.filter(pk__in=moved).select_related("item", "phase")
    milestones_measure(change=change, milestones=list(milestones))


def outline_renumber(*, change: PlanChange) -> None:
    """Write the WBS code and the place in the walk of everything; nothing else writes them.

    One read, and one statement more for the rows that differ.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, {"plan": change.plan.pk})
        rows = [Row._make(row) for row in cursor.fetchall()]
        phases = {row.pk: row.position for row in rows if row.rank == Rank.PHASE}
        things = {(Rank(row.rank), row.pk): row for row in rows if row.rank != Rank.PHASE}
        nodes = (Node(key, row.parent, row.position) for key, row in things.items())
        spots = outline(phases, nodes)
        moved = [(*key, *spot) for key, spot in spots.items() if not things[key].is_at(spot)]
        if moved:
            cursor.execute(WRITE, [list(column) for column in zip(*moved, strict=True)])


def implied_links_follow(*, change: PlanChange) -> set[int]:
    """Each task drives the milestone it hangs below, unless another link joins the two.

    Returns the ids of the milestones that have links more or fewer.
    """
    stale = (
        Link.objects.filter(plan=change.plan, is_implied=True)
        .alias(leads_to=Coalesce(milestone_of("predecessor__task__"), Value(0)))
        .exclude(successor=F("leads_to"))
    )
    gone = dict(stale.values_list("pk", "successor"))
    Link.objects.filter(pk__in=gone).delete()
    joined = Link.objects.filter(predecessor=OuterRef("pk"), successor=OuterRef("leads_to"))
    missing = (
        Task.objects.filter(item__plan=change.plan)
        .annotate(leads_to=milestone_of())
        .exclude(leads_to=None)
        .exclude(Exists(joined))
    )
    fresh = [
        Link(plan=change.plan, predecessor_id=task, successor_id=milestone, is_implied=True)
        for task, milestone in missing.values_list("pk", "leads_to")
    ]
    Link.objects.bulk_create(fresh)
    moved = {*gone.values(), *(link.successor_id for link in fresh)}
    change.touched |= moved
    return moved
