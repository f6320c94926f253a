"""Marks what a new entry fulfils, in the transaction that saves the entry."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from apps.checkins.models import Duty, DutyState
from apps.checkins.selectors.owed import KEY_RESULT, Key
from apps.checkins.services.judging import duties_judge, duties_store
from apps.people.models import Absence
from apps.plans.models import Item


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


def _oldest_open(key: Key, for_on: dt.date, entered_at: dt.datetime) -> Duty | None:
    """The duty that the entry may fulfil, locked; ``is_special`` when more has to be asked."""
    kind, pk = key
    is_key_result = kind == KEY_RESULT
    of_item = Q(key_result=pk) if is_key_result else Q(task=pk)
    in_item = Q(target__key_result=pk) if is_key_result else Q(pk=pk)
    away = Absence.objects.filter(
        user=OuterRef("owner"), start_on__lte=OuterRef("due_on"), finish_on__gte=OuterRef("due_on")
    )
    pauses = Item.objects.filter(in_item, resumed_on__gte=OuterRef("due_on"))
    duties = Duty.objects.filter(
        of_item, state=DutyState.OPEN, opens_on__lte=for_on, closes_at__gte=entered_at
    ).annotate(is_special=Exists(away) | Exists(pauses))
    return duties.select_for_update(of=("self",)).order_by("due_on").first()
