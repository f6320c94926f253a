"""Rows of the alert list and of its summary on the plan page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When, Window

from apps.alerts.models import ALERT_LEVELS, Alert
from apps.plans.addresses import item_path, why_path
from apps.plans.engine.levels import Level
from apps.plans.models import Item, ItemKind, Plan
from apps.plans.querysets import level_rank
from apps.plans.selectors.outlooks import Outlook, OutlookMaker

WINDOW = 100
LEVELS = [level for level, _word in ALERT_LEVELS]
TOP = 8


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert, what its item looks like today, and where its pages are."""

    alert: Alert
    item: Item
    outlook: Outlook
    kind: str
    href: str
    why: str
    root_name: str
    root_href: str
    group_size: int


@dataclass(frozen=True, slots=True)
class RootRow:
    """A root cause with the number of late items and the worst level among them."""

    name: str
    href: str
    why: str
    level: str
    count: int
    outlook: Outlook


def by_root(alerts: QuerySet[Alert], state: str) -> QuerySet[Alert]:
    """Alerts in this state, by root cause: the worst root first, then what it moves."""
    if state == "closed":
        return alerts.order_by("-closed_on", "-pk")
    return alerts.annotate(
        rank=level_rank("level"),
        root_rank=Window(Max(level_rank("level")), partition_by=[F("root_id")]),
        group_size=Window(Count("pk"), partition_by=[F("root_id")]),
        is_moved=Case(When(item_id=F("root_id"), then=Value(0)), default=Value(1)),
    ).order_by("-root_rank", "root_id", "is_moved", "-rank", "pk")


def alert_counts(alerts: QuerySet[Alert]) -> dict[str, int]:
    """How many are open, closed, and open at each level (one query)."""
    is_open = Q(closed_on=None)
    return alerts.order_by().aggregate(
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
        **{level: Count("pk", filter=is_open & Q(level=level)) for level in LEVELS},
    )


def with_parts(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """The alerts with what a row shows."""
    return alerts.select_related("item__owner", "item__team", "root")


def alert_rows(plan: Plan, alerts: Iterable[Alert], maker: OutlookMaker) -> list[AlertRow]:
    """Rows of a page; no queries."""
    kinds = {kind.value: str(kind.label) for kind in ItemKind}
    return [
        AlertRow(
            alert=alert,
            item=alert.item,
            outlook=maker.of(alert.item),
            kind=kinds[alert.item.kind],
            href=item_path(plan.key, alert.item.kind, alert.item.key),
            why=why_path(plan.key, alert.item_id),
            root_name=alert.root.name,
            root_href=item_path(plan.key, alert.root.kind, alert.root.key),
            group_size=getattr(alert, "group_size", 1),
        )
        for alert in alerts
    ]


def root_rows(plan: Plan, maker: OutlookMaker) -> list[RootRow]:
    """The root causes behind open alerts, the worst first (two queries)."""
    roots = (
        Alert.objects.open()
        .filter(plan=plan)
        .values("root_id")
        .annotate(worst=Max(level_rank("level")), count=Count("pk"))
        .order_by("-worst", "-count", "root_id")[:TOP]
    )
    found = list(roots)
    items = Item.objects.in_bulk([row["root_id"] for row in found])
    by_rank = {level.rank: level.value for level in Level}
    rows = []
    for row in found:
        item = items[row["root_id"]]
        path = item_path(plan.key, item.kind, item.key)
        why = why_path(plan.key, item.pk)
        rows.append(
            RootRow(item.name, path, why, by_rank[row["worst"]], row["count"], maker.of(item))
        )
    return rows
