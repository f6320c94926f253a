"""Verbs of duties: open, remind, close, fulfil."""

from apps.cadence.services.closing import duties_close
from apps.cadence.services.fulfilling import duties_fulfil
from apps.cadence.services.judging import duties_judge
from apps.cadence.services.opening import Opened, duties_open, plans_open
from apps.cadence.services.reminding import reminders_write

__all__ = [
    "Opened",
    "duties_close",
    "duties_fulfil",
    "duties_judge",
    "duties_open",
    "plans_open",
    "reminders_write",
]
