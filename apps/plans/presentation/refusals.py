"""Refusals of the plan's rules in the reader's language: their dates, numbers and states too."""

import re
from decimal import Decimal

from django.utils.translation import gettext

from apps.core.ui.formats import format_date, format_number
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import DayNumber, PlanRuleError
from apps.plans.engine.items import ItemState
from apps.plans.models.item import STATES

NUMBER = re.compile(r"-?\d+(\.\d+)?")


def refusal(error: PlanRuleError, calendar: DayCalendar | None = None) -> str:
    """The sentence; ``calendar`` is needed for rules about days."""
    said_ones = {name: said(value, calendar) for name, value in error.params.items()}
    return gettext(error.sentence) % said_ones


def said(value: object, calendar: DayCalendar | None) -> object:
    """A day as its date, a number and a state in the reader's language, anything else as it is."""
    if isinstance(value, DayNumber):
        return value if calendar is None else format_date(calendar.date(value))
    if isinstance(value, ItemState):
        return dict(STATES)[value]
    if isinstance(value, int) or (isinstance(value, str) and NUMBER.fullmatch(value)):
        return format_number(Decimal(value))
    return value
