"""The sentence for each refusal of the rules, in the reader's language and with dates."""

import re
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.ui.formats import format_date, format_number
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError

NUMBER = re.compile(r"-?\d+(\.\d+)?")
SENTENCES: dict[str, Promise] = {
    "trajectory.no_targets": _("A key result needs at least one dated target."),
    "trajectory.days_not_rising": _(
        "The target of %(day)s must come after %(before)s, the start or the target before it."
    ),
    "trajectory.missing_value": _("The target of %(day)s lacks the value that this kind needs."),
    "trajectory.against_direction": _(
        "The target %(value)s of %(day)s goes against the direction: before it stands %(before)s."
    ),
    "trajectory.bounds_reversed": _("The lower bound %(low)s is above the upper bound %(high)s."),
    "alignment.circle": _("These objectives would support one another in a circle: %(path)s."),
    "share.unreachable": _(
        "By %(day)s only %(reachable)s%% of these milestones are due; the target asks for "
        "%(value)s%%."
    ),
    "network.cycle": _(
        "This would run in a circle: a milestone that counts here waits for this key result."
    ),
    "day.out_of_range": _("Write a day between 1970 and 2200."),
    "target.finished": _("This target is met or given up already; it stays as it is."),
    "target.unchanged": _("Neither the value nor the date differs from the target in force."),
    "target.day_taken": _("Another target of this key result has that day."),
    "target.day_given_up": _("A target that was given up had that day; choose another one."),
    "target.moved": _("The target has changed since the request was made; make a new request."),
    "objective.closed": _("The objective is closed or archived already."),
    "check_in.superseded": _("Somebody has corrected this value meanwhile; look at it first."),
    "check_in.unchanged": _("Neither value nor confidence differs from what stands."),
    "check_in.is_counted": _("This value is counted from milestones; nobody types it."),
    "item.transition": _("The item was changed by somebody else meanwhile."),
}


def refusal(error: PlanRuleError, calendar: DayCalendar | None = None) -> str:
    """The sentence; a rule without one of its own speaks English."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return str(error)
    return str(sentence) % {name: said(value, calendar) for name, value in error.params.items()}


def said(value: object, calendar: DayCalendar | None) -> object:
    """A day number as its date, a number as the reader writes it, anything else as it is."""
    if isinstance(value, int) and calendar is not None:
        return format_date(calendar.date(value))
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return format_number(Decimal(value))
    return value
