"""The calendar in which a plan numbers its days."""

from apps.plans.engine.calendars import CalendarDays, DayCalendar, WorkingCalendar
from apps.plans.models import Plan


def plan_calendar(plan: Plan) -> DayCalendar:
    """Calendar days, or the plan's numbered working days (one query)."""
    if not plan.has_working_calendar:
        return CalendarDays()
    exceptions = dict(plan.calendar_days.values_list("day_on", "is_working"))
    return WorkingCalendar(exceptions=exceptions)
