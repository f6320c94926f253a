"""Marks what a new entry fulfils, in the transaction that saves the entry."""

import datetime as dt

from apps.cadence.domain.duties import DutyState
from apps.cadence.models import Duty
from apps.cadence.selectors.owed import Key
from apps.cadence.services.judging import duties_judge, duties_store


def duties_fulfil(*, key: Key, for_on: dt.date, entered_at: dt.datetime) -> bool:
    """Judge the oldest open duty of an item that has a new entry; whether it was fulfilled.

    An entry counts once: what is late for the last due day does not count for the next as well.
    Two statements, six more when somebody was away or the item was paused in between. Entries
    that come another way, from an import for example, are found by the hourly round.
    """
    duty = _oldest_open(key, for_on, entered_at)
    if duty is None:
        return False
    if duty.is_special:  # type: ignore[attr-defined]
        duties_judge(duties=[duty], now=entered_at)
        return duty.fulfilled_at is not None
    is_on_time = entered_at <= duty.due_at
    duty.state = (DutyState.ON_TIME if is_on_time else DutyState.LATE).value
    duty.fulfilled_at = entered_at
    duties_store([duty])
    return True


# By hand: somebody waits for it, and composing the statement took longer than asking it.
# The row is locked, because ``duties_close`` decides rows without holding their plan.
OLDEST_OPEN = """
SELECT duty.*, EXISTS (
        SELECT FROM people_absence away
        WHERE away.user_id = duty.owner_id AND duty.due_on BETWEEN away.start_on AND away.finish_on
    ) OR EXISTS (
        SELECT FROM plans_item item
        WHERE item.resumed_on >= duty.due_on AND (item.id = duty.task_id OR item.id IN (
            SELECT target.item_id FROM objectives_keyresulttarget target
            WHERE target.key_result_id = duty.key_result_id))
    ) AS is_special
FROM cadence_duty duty
WHERE duty.{column} = %(pk)s AND duty.state = 'open' AND duty.opens_on <= %(for_on)s
    AND duty.closes_at >= %(entered_at)s
ORDER BY duty.due_on LIMIT 1 FOR UPDATE OF duty
"""


def _oldest_open(key: Key, for_on: dt.date, entered_at: dt.datetime) -> Duty | None:
    """The duty that the entry may fulfil, locked; ``is_special`` when more has to be asked."""
    kind, pk = key
    sql = OLDEST_OPEN.format(column=f"{kind}_id")
    facts = {"pk": pk, "for_on": for_on, "entered_at": entered_at}
    return next(iter(Duty.objects.raw(sql, facts)), None)
