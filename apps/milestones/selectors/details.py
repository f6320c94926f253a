"""What the page of one milestone or task shows around its arithmetic."""

import datetime as dt
from dataclasses import dataclass

from apps.plans.addresses import item_path, why_path
from apps.plans.models import Baseline, Item, ItemKind, Link, Plan
from apps.plans.selectors.outlooks import Outlook, OutlookMaker

BOUND = 200


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One dependency seen from an item: the item at its other end."""

    kind: str
    meaning: str
    lag_days: int
    code: str
    name: str
    href: str
    why: str
    finish_on: dt.date
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A signed version of the planned dates; ``slip_days`` counts from the first version's end."""

    baseline: Baseline
    slip_days: int
    is_in_force: bool


def link_rows(item: Item, plan: Plan, maker: OutlookMaker, *, end: str) -> list[LinkRow]:
    """Dependencies of an item, bounded; ``end`` is "predecessor" or "successor" (one query)."""
    own_end = "successor" if end == "predecessor" else "predecessor"
    links = (
        Link.objects.filter(**{own_end: item})
        .select_related(end)
        .order_by(f"{end}__finish_on", "pk")
    )
    return [link_row(link, getattr(link, end), plan.key, maker) for link in links[:BOUND]]


def link_row(link: Link, other: Item, plan_key: str, maker: OutlookMaker) -> LinkRow:
    """One dependency, with the item at its other end."""
    return LinkRow(
        kind=link.kind,
        meaning=link.get_kind_display(),
        lag_days=link.lag_days,
        code=other.code if other.kind == ItemKind.TASK else "",
        name=other.name,
        href=item_path(plan_key, other.kind, other.key),
        why=why_path(plan_key, other.pk),
        finish_on=other.finish_on,
        outlook=maker.of(other),
    )


def baseline_rows(item: Item) -> list[BaselineRow]:
    """Every signed version of the item's dates, the newest first (one query)."""
    baselines = list(item.baselines.select_related("signed_by").order_by("-version")[:BOUND])
    return [
        BaselineRow(
            baseline=baseline,
            slip_days=(baseline.finish_on - item.first_finish_on).days,
            is_in_force=baseline.version == item.baseline_version,
        )
        for baseline in baselines
    ]
