"""The sentence for each refusal of an update, in the reader's language: (field, sentence)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.cadence.domain.preview import DayProblem, Why
from apps.cadence.services.entering import DayRefusedError, NoteNeededError
from apps.core.forms.fields import number_words
from apps.core.forms.numbers import FieldRefusedError
from apps.core.ui.formats import format_date
from apps.plans.engine.errors import PlanRuleError
from apps.plans.presentation import refusals

EMPTY = gettext_lazy("Type a value, or = for no change.")
REASONS: dict[Why, str | Promise] = {
    Why.CORRECTION: gettext_lazy("it corrects what was entered for this day"),
    Why.WORSE: gettext_lazy("it is worse than before"),
    Why.LATE: gettext_lazy("it is late"),
    Why.RED: gettext_lazy("it is red"),
}
REFUSALS = (
    FieldRefusedError,
    DayRefusedError,
    NoteNeededError,
    PlanRuleError,
)


def refusal(error: Exception) -> tuple[str, str]:
    """The field that the refusal belongs to, and its sentence. ``error`` is of ``REFUSALS``."""
    if isinstance(error, FieldRefusedError):
        is_empty = error.error.code == "number.empty"
        return error.field, str(EMPTY) if is_empty else number_words(error.error)
    if isinstance(error, NoteNeededError):
        return "note", note_words(error.why)
    if isinstance(error, DayRefusedError):
        return "for_on", day_words(error)
    if isinstance(error, PlanRuleError):
        return "value", refusals.refusal(error)
    return "value", str(error)


def note_words(why: tuple[Why, ...]) -> str:
    """Why the note may not be empty."""
    listed = _(", ").join(str(REASONS[reason]) for reason in why)
    return _("Say why in the note: %(reasons)s.") % {"reasons": listed}


def day_words(error: DayRefusedError) -> str:
    """Why an update cannot be for its day."""
    opens_on = {"day": format_date(error.opens_on)}
    if error.problem is DayProblem.FUTURE:
        return _("This day lies in the future. Report for today or earlier.")
    if error.problem is DayProblem.BEFORE_PLAN:
        return _("This day lies before the plan, which starts on %(day)s.") % opens_on
    return _("This period is closed. Report for %(day)s or later.") % opens_on
