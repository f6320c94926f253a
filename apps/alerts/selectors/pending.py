"""What the sweep has to do: plans with due days or pending levels, then the items of one plan."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import DateField, Min, QuerySet, Value

from apps.alerts.models import Alert
from apps.plans.models import Item, Plan
from apps.plans.models.item import LEVEL_PENDING

# No place on earth is further ahead of UTC than this.
FURTHEST_ZONE = dt.timedelta(hours=14)

# By id, not by day: rows are only added, in their order, and one day may have several.
CHANGES = """
SELECT DISTINCT ON (item_id) item_id, id, changed_on, left_on
FROM (
    SELECT item_id, id, changed_on,
           max(changed_on) FILTER (WHERE old_level IN ('', 'on_plan'))
               OVER (PARTITION BY item_id) AS left_on
    FROM plans_levelchange WHERE item_id = ANY(%s)
) change
ORDER BY item_id, id DESC
"""


@dataclass(frozen=True, slots=True)
class Latest:
    """An item's last change of level, and the day it last left the plan."""

    change_id: int
    changed_on: dt.date
    left_on: dt.date


@dataclass(frozen=True, slots=True)
class Pending:
    """Items whose level differs from what people were told, with what the alert rule looks at."""

    items: list[Item]
    latest: dict[int, Latest]
    open_alerts: dict[int, Alert]
    last_closed_on: dict[int, dt.date]


def plans_waiting(now: dt.datetime, today: dt.date | None = None) -> list[int]:
    """Ids of plans that have something due in their own today (or on ``today``), or pending levels.

    One statement when nothing is due, two otherwise.
    """
    furthest = (now.astimezone(dt.UTC) + FURTHEST_ZONE).date()
    due_from: dict[int, dt.date] = {}
    for plan_id, due_on in waiting_probe(today or furthest):
        due_from[plan_id] = min(due_on, due_from.get(plan_id, due_on))
    if not due_from:
        return []
    plans = Plan.objects.filter(archived_at=None, pk__in=due_from).order_by("pk")
    return [plan.pk for plan in plans if due_from[plan.pk] <= (today or plan.today(now))]


def waiting_probe(last_day: dt.date) -> QuerySet[Item, tuple[int, dt.date]]:
    """(plan id, first day due) where something is due up to a day; pending levels are always due.

    One probe of the partial index ``item_due`` and one of ``item_level_pending``: with nothing due
    it reads a few pages, however many items and plans there are. It joins nothing: the planner
    would rather probe once a plan.
    """
    items = Item.objects.order_by()
    due = items.filter(next_change_on__lte=last_day).values_list("plan_id")
    pending = items.filter(LEVEL_PENDING).values_list("plan_id").distinct()
    always = Value(dt.date.min, output_field=DateField())
    probe: QuerySet[Item, tuple[int, dt.date]] = due.annotate(due_on=Min("next_change_on")).union(
        pending.annotate(due_on=always)
    )
    return probe


def pending_of(plan: Plan) -> Pending:
    """Read the items whose level is pending of a plan: four queries, however many there are."""
    items = list(Item.objects.filter(LEVEL_PENDING, plan=plan).order_by("id"))
    ids = [item.pk for item in items]
    if not ids:
        return Pending([], {}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [ids])
        latest = {key: Latest(change, on, left or on) for key, change, on, left in cursor}
        cursor.execute(
            "SELECT item_id, max(closed_on) FROM alerts_alert"
            " WHERE item_id = ANY(%s) AND closed_on IS NOT NULL GROUP BY item_id",
            [ids],
        )
        last_closed_on = dict(cursor.fetchall())
    open_alerts = {alert.item_id: alert for alert in Alert.objects.open().filter(item_id__in=ids)}
    return Pending(items, latest, open_alerts, last_closed_on)
