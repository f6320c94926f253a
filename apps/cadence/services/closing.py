"""Ends duties whose time is over: late after all, missed, or excused."""

import datetime as dt

from django.db import transaction

from apps.cadence.domain.duties import DutyState
from apps.cadence.models import Duty
from apps.cadence.services.judging import duties_judge

# Rows that one transaction locks: a save that fulfils one of them waits for its end.
BATCH = 1000


def duties_close(*, now: dt.datetime) -> int:
    """Decide every open duty whose closing moment has come, batch by batch; returns how many.

    Any number may run at once: each takes rows that nobody else holds. With nothing to close it
    costs one index probe. A week without closing loses nothing: the moments are in the rows.
    """
    waiting = Duty.objects.filter(state=DutyState.OPEN, closes_at__lte=now)
    closed, size = 0, BATCH
    if not waiting.exists():
        return 0
    # A batch that is not full was the last; rows that others hold are looked at in a minute.
    while size == BATCH:
        with transaction.atomic():
            rows = waiting.order_by("closes_at", "id").select_for_update(skip_locked=True)
            duties = list(rows[:BATCH])
            duties_judge(duties=duties, now=now)
        size = len(duties)
        closed += size
    return closed
