"""Writes the alerts that the rule asks for."""

import datetime as dt

from apps.alerts.domain.rule import Action, AlertFacts, Reason, Verdict, decide, worst_level
from apps.alerts.models import Alert
from apps.alerts.selectors.digests import Change
from apps.alerts.selectors.pending import Latest, Pending
from apps.core.bulk import new_ids, rows_copy, rows_update
from apps.plans.models import Item, Plan

OPENED = (
    "id",
    "plan_id",
    "item_id",
    "root_id",
    "level",
    "worst_level",
    "opened_on",
    "changed_on",
    "latest_change_id",
    "is_muted",
)
CHANGED = ("root_id", "level", "worst_level", "changed_on", "closed_on", "latest_change_id")


def alerts_write(
    *, plan: Plan, pending: Pending, roots: dict[int, int], today: dt.date
) -> list[Change]:
    """Carry out the rule's verdict on every pending item; returns what happened, item by item.

    ``roots`` maps item ids to their root cause. The caller holds the plan's row. Two writes.
    """
    verdicts = {item.pk: _verdict(item, pending.open_alerts.get(item.pk)) for item in pending.items}
    opening = sum(verdict.action == Action.OPEN for verdict in verdicts.values())
    # Keys before rows: a message names its alert in its thread.
    fresh = iter(new_ids(Alert, opening))
    opened: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    changes: list[Change] = []
    for item in pending.items:
        verdict, root = verdicts[item.pk], roots[item.pk]
        alert = pending.open_alerts.get(item.pk)
        if alert is not None and verdict.action == Action.CLOSE:
            root = alert.root_id  # what people were told of is over: say so in one message
        alert_id = None if alert is None else alert.pk
        if verdict.action == Action.OPEN:
            alert_id = next(fresh)
            opened.append(_opened(alert_id, plan, item, root, pending))
        elif alert is not None and verdict.action != Action.NOTHING:
            changed.append(
                _closed(alert, item, verdict, pending.latest[item.pk], today)
                if verdict.action == Action.CLOSE
                else _moved(alert, item, root, pending.latest[item.pk])
            )
        changes.append(_change(item, verdict, alert_id, root, pending))
    rows_copy(Alert, OPENED, opened)
    rows_update(Alert, CHANGED, changed)
    return changes


def _verdict(item: Item, alert: Alert | None) -> Verdict:
    return decide(
        AlertFacts(
            state=item.state,
            level=item.level,
            is_projection=item.is_projection,
            open_level=None if alert is None else alert.level,
        )
    )


def _opened(
    alert_id: int, plan: Plan, item: Item, root: int, pending: Pending
) -> tuple[object, ...]:
    """A new alert, dated the day the item left the plan, or was taken up again after a pause."""
    latest = pending.latest[item.pk]
    opened_on = max(latest.left_on, pending.last_closed_on.get(item.pk, latest.left_on))
    changed_on = max(latest.changed_on, opened_on)
    level = item.level
    return (
        *(alert_id, plan.pk, item.pk, root, level, level),
        *(opened_on, changed_on, latest.change_id, False),
    )


def _moved(alert: Alert, item: Item, root: int, latest: Latest) -> tuple[object, ...]:
    """An open alert on its new level."""
    worst = worst_level(alert.worst_level, item.level)
    return (alert.pk, root, item.level, worst, latest.changed_on, None, latest.change_id)


def _closed(
    alert: Alert, item: Item, verdict: Verdict, latest: Latest, today: dt.date
) -> tuple[object, ...]:
    """A closed alert keeps the level it had; it ends on the day of what ended it."""
    ended_on = item.finished_on or item.paused_on or today
    if verdict.reason == Reason.BACK_ON_PLAN:
        ended_on = latest.changed_on
    kept = (alert.root_id, alert.level, alert.worst_level, alert.changed_on)
    return (alert.pk, *kept, max(ended_on, alert.opened_on), latest.change_id)


def _change(
    item: Item, verdict: Verdict, alert_id: int | None, root: int, pending: Pending
) -> Change:
    latest = pending.latest.get(item.pk)
    is_closed = verdict.action == Action.CLOSE
    step = "closed" if is_closed or latest is None else f"change:{latest.change_id}"
    since = item.finished_on or (latest.changed_on if latest else item.start_on)
    return Change(item, verdict, item.alerted_level, since, alert_id, root, step)
