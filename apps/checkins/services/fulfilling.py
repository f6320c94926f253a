"""Marks what a new entry fulfils, in the transaction that saves the entry."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from apps.checkins.models import Duty, DutyState
from apps.checkins.selectors.owed import KEY_RESULT, Key
from apps.checkins.services.judging import duties_judge, duties_store
from apps.people.models import Absence
from apps.plans.models import Item


def duties_fulfil(*, key: Key, for_on: dt.date, entered_at: dt.datetime) -> int:
    """Judge the open duties of an item that has a new entry; returns how many were fulfilled.

    Two statements, four more when somebody was away or the item was paused in between. Entries
    that come another way, from an import for example, are found by the hourly round.
    """
    kind, pk = key
    of_item = Q(key_result=pk) if kind == KEY_RESULT else Q(task=pk)
    away = Absence.objects.filter(
        user=OuterRef("owner"), start_on__lte=OuterRef("due_on"), finish_on__gte=OuterRef("due_on")
    )
    in_item = Q(target__key_result=pk) if kind == KEY_RESULT else Q(pk=pk)
    pauses = Item.objects.filter(in_item, resumed_on__gte=OuterRef("due_on"))
    duties = list(
        Duty.objects.filter(
            of_item, state=DutyState.OPEN, opens_on__lte=for_on, closes_at__gte=entered_at
        )
        .annotate(is_special=Exists(away) | Exists(pauses))
        .select_for_update(of=("self",))
    )
    special = [duty for duty in duties if duty.is_special]
    plain = [duty for duty in duties if not duty.is_special]
    for duty in plain:
        is_on_time = entered_at <= duty.due_at
        duty.state = (DutyState.ON_TIME if is_on_time else DutyState.LATE).value
        duty.fulfilled_at = entered_at
    duties_store(plain)
    duties_judge(duties=special, now=entered_at)
    return len(duties)
