"""The sentence for each refusal of a request."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.approvals.kinds import request_kinds
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.errors import PlanRuleError

SENTENCES: dict[str, Promise] = {
    "request.pending": _("A request about this is waiting for the PMO already."),
    "request.decided": _("This request was decided already."),
    "request.rests": _("What this request is about is archived. Restore it first."),
    "request.note_missing": _("Say why the request is rejected."),
}


def refusal(kind: str, error: PlanRuleError, calendar: DayCalendar | None = None) -> str:
    """The sentence of every request, or that of its kind."""
    sentence = SENTENCES.get(error.code)
    return request_kinds()[kind].refusal(error, calendar) if sentence is None else str(sentence)
