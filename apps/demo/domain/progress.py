"""Sample progress for a plan: pure, and the same for the same plan and day.

Week by week, from the start of the plan to the day before ``today``, owners report values, days
left and finishes. Most things go well; the stories of `stories` name those that do not.
"""

from __future__ import annotations

from datetime import date, timedelta

from apps.demo.domain.events import Event, RiskRated
from apps.demo.domain.stories import RISKS
from apps.demo.domain.values import value_events
from apps.demo.domain.work import Weeks, work_events
from apps.planfile.domain.model import PlanFile
from apps.plans.engine.calendars import DayCalendar

FRIDAY = 5


def sample_events(plan: PlanFile, calendar: DayCalendar, today: date) -> list[Event]:
    """Everything that happened before ``today``, by day; [] when the plan begins later."""
    weeks = Weeks(report_days(plan, today), today, calendar, plan.language)
    events: list[Event] = [*work_events(plan, weeks), *value_events(plan, weeks)]
    if weeks.days:
        events += [
            RiskRated(on=weeks.days[-1], key=risk.key, probability=rated[0], impact=rated[1])
            for risk in plan.risks
            if (rated := RISKS.get(risk.key)) and risk.probability is None
        ]
    return sorted(events, key=lambda event: event.on)


def report_days(plan: PlanFile, today: date) -> list[date]:
    """Fridays before today; more often when the plan asks for it more often than weekly."""
    step = min(plan.plan.check_in_days, 7)
    end = min(today - timedelta(days=1), max(phase.to for phase in plan.phases))
    first = plan.start + timedelta(days=(FRIDAY - plan.start.isoweekday()) % 7)
    count = (end - first).days // step + 1
    return [first + timedelta(days=step * number) for number in range(max(count, 0))]
