"""What the plan page shows of items: counts, milestones, and what is late first.

Each function is one query, however many items the plan has.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Q

from apps.plans.addresses import item_path, why_path
from apps.plans.charts.strip import Stone
from apps.plans.engine.levels import WORST_FIRST, Level
from apps.plans.models import Item, ItemKind, ItemState, Plan
from apps.plans.querysets import level_rank
from apps.plans.selectors.drivers import root_now
from apps.plans.selectors.outlooks import OUTLOOK_FIELDS, Outlook, OutlookMaker

FIRST_THINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many items are in each level and state. On time: finished on plan, of all that are due.

    Levels count open items that raise alerts; ``due`` are items finished or past their planned
    finish.
    """

    red: int
    orange: int
    yellow: int
    on_plan: int
    silent: int
    no_baseline: int
    no_owner: int
    due: int
    on_time: int

    @property
    def late(self) -> int:
        """Open items that are late."""
        return self.red + self.orange + self.yellow

    @property
    def on_time_percent(self) -> Decimal | None:
        """Share on time in percent; None while nothing is due."""
        return Decimal(100 * self.on_time) / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Cause:
    """A root cause with how many late items it moves, itself included; ``worst`` of them all."""

    item: Item
    outlook: Outlook
    worst: str
    moved: int
    moved_milestones: int
    href: str
    why: str


def read_counts(plan: Plan, today: dt.date) -> Counts:
    """One aggregate over the plan's items."""
    alerting = Q(state=ItemState.OPEN, is_projection=False)
    live = Q(state__in=(ItemState.OPEN, ItemState.PAUSED))
    due = Q(state=ItemState.FINISHED) | live & Q(finish_on__lt=today, is_projection=False)
    levels = {name: Count("pk", filter=alerting & Q(level=name)) for name in WORST_FIRST}
    values = Item.objects.filter(plan=plan).aggregate(
        **levels,
        silent=Count("pk", filter=alerting & Q(silent_on__lte=today)),
        no_baseline=Count("pk", filter=alerting & Q(level="")),
        no_owner=Count("pk", filter=alerting & Q(owner=None)),
        due=Count("pk", filter=due),
        on_time=Count("pk", filter=Q(state=ItemState.FINISHED, level=Level.ON_PLAN)),
    )
    return Counts(**values)


def read_stones(plan: Plan, looks: OutlookMaker) -> list[Stone]:
    """The plan's milestones by due day, cancelled ones left out."""
    rows = (
        Item.objects.filter(plan=plan, kind=ItemKind.MILESTONE)
        .exclude(state=ItemState.CANCELLED)
        .order_by("finish_on", "outline")
        .only("key", "name", "kind", "finished_on", *OUTLOOK_FIELDS)
    )
    return [stone(item, looks.of(item), plan) for item in rows]


def stone(item: Item, outlook: Outlook, plan: Plan) -> Stone:
    """A milestone as it is drawn."""
    return Stone(
        key=item.key,
        name=item.name,
        href=item_path(plan.key, item.kind, item.key),
        why=why_path(plan.key, item.pk),
        due_on=item.finish_on,
        forecast_on=outlook.forecast_on,
        delay_days=outlook.delay_days,
        level=outlook.shown,
        is_done=item.state == ItemState.FINISHED,
    )


def read_causes(
    plan: Plan, looks: OutlookMaker, team_ids: Collection[int] | None = None
) -> list[Cause]:
    """The root causes of what is late, worst first; with ``team_ids`` of these teams' items.

    Two queries: late items by their root cause, then those roots.
    """
    late = Item.objects.filter(plan=plan).late()
    if team_ids is not None:
        late = late.filter(team__in=team_ids)
    groups = list(
        late.order_by()
        .annotate(cause=root_now(looks.day), rank=level_rank())
        .values("cause")
        .annotate(
            worst=Max("rank"),
            moved=Count("pk"),
            milestones=Count("pk", filter=Q(kind=ItemKind.MILESTONE)),
        )
        .order_by("-worst", "-milestones", "-moved", "cause")[:FIRST_THINGS]
    )
    roots = (
        Item.objects.filter(pk__in=[group["cause"] for group in groups])
        .select_related("owner")
        .in_bulk()
    )
    return [
        Cause(
            item=roots[group["cause"]],
            outlook=looks.of(roots[group["cause"]]),
            worst=tuple(Level)[group["worst"]],
            moved=group["moved"],
            moved_milestones=group["milestones"],
            href=item_path(plan.key, roots[group["cause"]].kind, roots[group["cause"]].key),
            why=why_path(plan.key, group["cause"]),
        )
        for group in groups
    ]
