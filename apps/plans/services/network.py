"""Recomputes the forecasts of what a change can move, and records the levels that differ."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.forecasts import Forecast
from apps.plans.engine.items import silent_day
from apps.plans.engine.ledger import rebase
from apps.plans.engine.links import bridge_cancelled
from apps.plans.engine.network import Network
from apps.plans.engine.nodes import Node
from apps.plans.engine.solution import Solution
from apps.plans.models import Item, ItemKind, ItemState, LevelChange, Plan
from apps.plans.selectors.forecasts import basis, item_facts, node, track
from apps.plans.selectors.network import Reach, cancelled_ids, read_reach
from apps.plans.services.forecasts import FORECAST, forecasts_store
from apps.plans.services.settling import change_rows

# The fixed part of a forecast wins long ago, the growing part in a distant future.
LONG_AGO, FAR_AHEAD = -(10**9), 10**9


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a change does: records of new levels, and the items that differ. Nothing is saved."""

    changes: list[LevelChange]
    items: list[Item]


def network_refresh(
    *, plan: Plan, calendar: DayCalendar, item_ids: Collection[int], today: dt.date
) -> list[LevelChange]:
    """Recompute these items and everything they drive, as of ``today``; returns the changes.

    The caller holds the plan's row and has settled it. One read and at most two writes. Raises
    CycleError (its keys are item ids) when the links run in a circle.
    """
    if not item_ids:
        return []
    found = network_recompute(plan=plan, calendar=calendar, reach=read_reach(item_ids), today=today)
    forecasts_store(found.items, FORECAST)
    return LevelChange.objects.bulk_create(found.changes, batch_size=1000)


def network_recompute(
    *, plan: Plan, calendar: DayCalendar, reach: Reach, today: dt.date
) -> Recomputed:
    """Forecasts and levels of what moves, put into the reach's items; writes nothing.

    So a preview shows what a save would do: both ask this.
    """
    network = network_of(reach, plan, calendar)
    solution = network.propagate()
    drivers = reach_drivers(reach, solution, LONG_AGO, "root_id")
    stall_drivers = reach_drivers(reach, solution, FAR_AHEAD, "stall_root_id")
    rows: list[LevelChange] = []
    stored: list[Item] = []
    for key in sorted(reach.moved):
        item = reach.items[key]
        before = [getattr(item, name) for name in FORECAST]
        item.driver_id, item.root_id = drivers.get(key, (None, None))
        item.stall_driver_id, item.stall_root_id = stall_drivers.get(key, (None, None))
        forecasts = (solution.forecast(key), solution.start(key)) if key in network.index else None
        rows += item_rebase(plan, item, forecasts, calendar, today)
        if before != [getattr(item, name) for name in FORECAST]:
            stored.append(item)
    return Recomputed(rows, stored)


def network_of(reach: Reach, plan: Plan, calendar: DayCalendar) -> Network[int]:
    """The engine's network: what moves with its own forecasts, what pushes it as it stands."""
    nodes: list[Node[int]] = []
    for key, item in reach.items.items():
        entry = node(item, plan, calendar, is_moved=key in reach.moved)
        if entry is not None:
            nodes.append(entry)
    present = {entry.key for entry in nodes}
    links = bridge_cancelled(reach.links, cancelled_ids(reach))
    return Network(nodes, [x for x in links if x.predecessor in present and x.successor in present])


def reach_drivers(
    reach: Reach, solution: Solution[int], day: int, root_field: str
) -> dict[int, tuple[int | None, int | None]]:
    """(driver, root) of each item that moves; beyond the reach, the root that is stored there."""
    found: dict[int, tuple[int | None, int | None]] = {}
    for key, (driver, root) in solution.drivers_and_roots(day).items():
        is_beyond = root not in reach.moved
        known = getattr(reach.items[root], root_field) if is_beyond else root
        found[key] = (driver, root if known is None else known)
    return found


def item_rebase(
    plan: Plan,
    item: Item,
    forecasts: tuple[Forecast, Forecast] | None,
    calendar: DayCalendar,
    today: dt.date,
) -> list[LevelChange]:
    """Put the item on its new (finish, start); returns the unsaved record of a new level."""
    day = calendar.today_number(today)
    old = track(item, plan, calendar)
    if forecasts is None:
        forget_forecast(item)
        return []
    forecast, start = forecasts
    item.forecast_a, item.forecast_b = forecast.a, forecast.b
    item.start_a, item.start_b = start.a, start.b
    outcome = rebase(old, basis(item, plan, calendar, forecast), day)
    item.level = outcome.track.level.value
    following = outcome.track.next_change_on
    item.next_change_on = None if following is None else calendar.date(following)
    # The silence of a target is that of its key result's check-ins (``target_apply``).
    if item.kind != ItemKind.TARGET:
        silent = silent_day(item_facts(item, plan, calendar))
        item.silent_on = None if silent is None else calendar.date(silent)
    return change_rows(plan, item, outcome.changes, calendar)


def forget_forecast(item: Item) -> None:
    """Without a baseline or cancelled: nothing to forecast. A cancelled item keeps its level."""
    item.forecast_a = item.forecast_b = item.start_a = item.start_b = None
    item.next_change_on = item.silent_on = None
    if item.state != ItemState.CANCELLED:
        item.level = ""
