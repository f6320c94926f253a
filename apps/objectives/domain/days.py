"""Days that a plan can have. No Django."""

import datetime as dt

from apps.plans.engine.errors import PlanRuleError, gettext_noop


def day_problems(day: dt.date) -> list[PlanRuleError]:
    """A day that no plan can have is a slip of the keyboard."""
    if 1970 <= day.year <= 2200:
        return []
    return [PlanRuleError("day.out_of_range", gettext_noop("Write a day between 1970 and 2200."))]
