"""What people decide about one item: dates, owner, pause, cancel, finish. All within a change."""

import datetime as dt

from apps.plans.engine.forecasts import remaining_from_percent, rescaled_remaining
from apps.plans.engine.transitions import check_transition, transition_error
from apps.plans.models import Baseline, Item, ItemState
from apps.plans.models.item import DECIDED_FIELDS
from apps.plans.services.change import PlanChange

FINISHED_COLUMNS = (
    "state",
    "started_on",
    "finished_on",
    "paused_on",
    "known_on",
    "remaining_days",
    "percent",
)


def item_create(
    *, change: PlanChange, item: Item, is_sample: bool = False, is_signed: bool = True
) -> Item:
    """Save a new item with its first baseline; ``item`` has plan, kind, key, name and dates.

    ``is_signed`` False: its days are not known yet, the caller signs them when they are.
    """
    item.plan = change.plan
    item.first_finish_on = item.finish_on
    item.duration_days = item.first_duration_days = duration(change, item)
    item.save(force_insert=True)
    if is_signed:
        baseline_sign(change=change, item=item, is_sample=is_sample)
    change.touch(item)
    return item


def duration(change: PlanChange, item: Item) -> int:
    """Planned duration in the plan's days, both ends included, at least 1."""
    start = change.calendar.start_number(item.start_on)
    return max(change.calendar.number(item.finish_on) - start + 1, 1)


def baseline_sign(*, change: PlanChange, item: Item, is_sample: bool = False) -> Baseline:
    """Keep the item's planned dates as the signed version that they are."""
    return Baseline.objects.create(
        item=item,
        version=item.baseline_version,
        start_on=item.start_on,
        finish_on=item.finish_on,
        duration_days=item.duration_days,
        reason=change.reason[:500],
        signed_by=change.by,
        is_sample=is_sample,
    )


def item_rebaseline(
    *,
    change: PlanChange,
    item: Item,
    start_on: dt.date,
    finish_on: dt.date,
    duration_days: int | None = None,
    is_sample: bool = False,
) -> Item:
    """A new version of the planned dates. What is done stays done; the rest is rescaled."""
    old_duration = item.duration_days
    item.start_on, item.finish_on = start_on, finish_on
    item.duration_days = duration_days or duration(change, item)
    item.baseline_version += 1
    if item.percent is not None:
        item.remaining_days = remaining_from_percent(item.duration_days, item.percent)
    elif item.remaining_days is not None:
        item.remaining_days = rescaled_remaining(
            item.remaining_days, old_duration, item.duration_days
        )
    item_save(item)
    baseline_sign(change=change, item=item, is_sample=is_sample)
    change.touch(item)
    return item


def item_pause(*, change: PlanChange, item: Item) -> Item:
    """From the day of the change on, no progress is assumed and no alert is raised."""
    check_transition(item.state, ItemState.PAUSED)
    item.state, item.paused_on = ItemState.PAUSED, change.on
    return _saved(change, item)


def item_resume(*, change: PlanChange, item: Item) -> Item:
    """Work goes on: what is known counts as known the day before."""
    check_transition(item.state, ItemState.OPEN)
    item.state, item.paused_on, item.resumed_on = ItemState.OPEN, None, change.on
    return _saved(change, item)


def item_cancel(*, change: PlanChange, item: Item) -> Item:
    """The item leaves alerts, roll-ups and network; links across it are bridged."""
    check_transition(item.state, ItemState.CANCELLED)
    item.state, item.paused_on = ItemState.CANCELLED, None
    return _saved(change, item)


def item_finish(*, change: PlanChange, item: Item, finished_on: dt.date) -> Item:
    """The item ended on a day; its level of that day stays as the outcome."""
    finish_apply(item=item, finished_on=finished_on)
    return _saved(change, item)


def item_reopen(*, change: PlanChange, item: Item) -> Item:
    """A finish is taken back: nothing is known of the item any more but its plan.

    Only for points (milestones): what was reported of work before its finish is not known here.
    Raises PlanRuleError "item.transition".
    """
    if item.state != ItemState.FINISHED or not item.is_point:
        raise transition_error(item.state, ItemState.OPEN)
    item.state = ItemState.OPEN
    item.started_on = item.finished_on = item.known_on = None
    item.remaining_days = item.percent = None
    return _saved(change, item)


def finish_apply(*, item: Item, finished_on: dt.date) -> None:
    """Put the finish into the item (not saved); changes ``FINISHED_COLUMNS``."""
    check_transition(item.state, ItemState.FINISHED)
    item.state, item.finished_on, item.paused_on = ItemState.FINISHED, finished_on, None
    if item.started_on is not None:
        item.started_on = min(item.started_on, finished_on)
    item.known_on, item.remaining_days = finished_on, 0
    item.percent = 100


def item_save(item: Item) -> None:
    """Write what people decide of an item; its forecast and level belong to the engine."""
    item.save(update_fields=DECIDED_FIELDS)


def _saved(change: PlanChange, item: Item) -> Item:
    item_save(item)
    change.touch(item)
    return item
