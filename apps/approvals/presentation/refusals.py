"""The sentence for each refusal of a request."""

from apps.approvals.kinds import request_kinds
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError


def refusal(kind: str, error: PlanRuleError, calendar: DayCalendar | None = None) -> str:
    """As the app of the kind says it."""
    return request_kinds()[kind].refusal(error, calendar)
