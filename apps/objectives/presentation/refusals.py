"""Refusals of the rules where key results are what the reader works on."""

from django.utils.translation import gettext as _

from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import CycleError, PlanRuleError
from apps.plans.presentation import refusals


def refusal(error: PlanRuleError, calendar: DayCalendar | None = None) -> str:
    """The sentence; a circle of links is closed here by the milestones that count, and only so."""
    if isinstance(error, CycleError):
        return _(
            "This would run in a circle: a milestone that counts here waits for this key result."
        )
    return refusals.refusal(error, calendar)
