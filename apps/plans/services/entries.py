"""What somebody enters about an item: evaluated with all that follows from it, then stored.

What is evaluated is what will be stored, so a preview cannot differ from the save.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.levels import Level
from apps.plans.models import Item, ItemState, LevelChange
from apps.plans.selectors.network import Reach, read_reach
from apps.plans.services.change import PlanChange
from apps.plans.services.forecasts import FORECAST, forecasts_store
from apps.plans.services.network import Recomputed
from apps.plans.services.settling import reach_settle

Row = TypeVar("Row", bound=Any)


class EntryConflictError(Exception):
    """Somebody entered what the sender had not seen. ``standing`` is that row."""

    def __init__(self, standing: Any) -> None:
        self.standing = standing
        super().__init__(f"{standing} stands")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEntry:
    """What somebody reports for a day. ``is_same_note``: the last note again.

    ``seen`` is the id of the newest entry that was on the screen, 0 for none; None when the sender
    has not looked.
    """

    for_on: dt.date
    note: str = ""
    seen: int | None = None
    is_same_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedEntry(Generic[Row]):
    """An entry with everything it leads to; nothing is stored yet.

    ``new`` is the row to be added, or the row that stands when the same was sent twice
    (``is_repeat``); ``standing`` is the row of that day, which it corrects. ``items`` are the ones
    it speaks of, of which it may change ``columns``; ``leading`` the one of these that alerts.
    """

    new: Row
    standing: Row | None
    is_repeat: bool
    items: Sequence[Item]
    columns: Sequence[str]
    leading: Item | None
    recomputed: Recomputed
    calendar: DayCalendar

    @property
    def level(self) -> Level | None:
        """Level of the leading item; None without a forecast, or once it is finished."""
        item = self.leading
        is_live = item is not None and item.state != ItemState.FINISHED
        return Level(item.level) if item is not None and is_live and item.level else None

    @property
    def others(self) -> list[LevelChange]:
        """Levels of other items that this entry changes."""
        own = {item.pk for item in self.items}
        return [change for change in self.recomputed.changes if change.item_id not in own]


def entry_reach(*, change: PlanChange, item_ids: Collection[int]) -> Reach:
    """What an entry about these items can move: one query, more only where something was due."""
    reach = read_reach(item_ids)
    if not change.is_preview:
        # What waiting has brought about is recorded before the entry takes its cause away.
        reach_settle(plan=change.plan, reach=reach, calendar=change.calendar, today=change.on)
    return reach


def entry_store(*, evaluated: EvaluatedEntry[Any]) -> None:
    """Write the row, what it makes of the items, and the levels it changes: three statements."""
    evaluated.new.save(force_insert=True)
    stored = {item.pk: item for item in (*evaluated.items, *evaluated.recomputed.items)}
    forecasts_store(list(stored.values()), tuple(dict.fromkeys((*evaluated.columns, *FORECAST))))
    if evaluated.recomputed.changes:
        LevelChange.objects.bulk_create(evaluated.recomputed.changes)
