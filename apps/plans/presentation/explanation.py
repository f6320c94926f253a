"""What the template plans/_explanation.html is given, ready to be shown."""

from typing import Any

from django.utils.translation import gettext as _

from apps.core.ui.formats import format_date
from apps.plans.models import ItemKind
from apps.plans.presentation.formula import days, formula_lines
from apps.plans.presentation.states import headline, state_notes
from apps.plans.selectors.arithmetic import Arithmetic


def explanation_context(found: Arithmetic) -> dict[str, Any]:
    """The variables of plans/_explanation.html."""
    return {
        "found": found,
        "told": found.explanation,
        "headline": headline(found),
        "notes": state_notes(found),
        "lines": formula_lines(found),
        "progress_words": progress_words(found),
        "remaining_words": remaining_words(found),
        "chain": link_words(found),
        "baseline_words": baseline_words(found),
    }


def progress_words(found: Arithmetic) -> str:
    """What was last reported: percent or value with its target; "" when nothing was."""
    told, last = found.explanation, found.item.last_report
    if told is not None and told.percent is not None:
        return _("%(percent)s%% done") % {"percent": told.percent}
    if last.get("value") is None:
        return ""
    if last.get("target") is None:
        return _("value %(value)s") % {"value": last["value"]}
    values = {"value": last["value"], "target": last["target"]}
    return _("value %(value)s, target %(target)s") % values


def remaining_words(found: Arithmetic) -> str:
    """The days of work left; for a climb the days of the plan line still to be made."""
    told = found.explanation
    if told is None or told.remaining_days is None:
        return ""
    if found.item.kind == ItemKind.TARGET:
        text = _("%(days)s of the plan line from this value to the target")
        return text % {"days": days(told.remaining_days)}
    return days(told.remaining_days)


def link_words(found: Arithmetic) -> list[tuple[Any, str]]:
    """Each step of the driver chain with the link that passes its lateness on."""
    return [
        (step, " · ".join(link_word(kind, lag) for kind, lag in step.links)) for step in found.chain
    ]


def link_word(kind: str, lag: int) -> str:
    """A link in words, its lag in days behind it."""
    word = {
        "FS": _("finish to start"),
        "SS": _("start to start"),
        "FF": _("finish to finish"),
        "SF": _("start to finish"),
    }[kind]
    if lag == 0:
        return word
    return f"{word} {'+' if lag > 0 else '−'} {days(abs(lag))}"


def baseline_words(found: Arithmetic) -> str:
    """Which version of the planned dates is in force, and who signed it when."""
    version = _("version %(version)s") % {"version": found.item.baseline_version}
    if found.baseline is None:
        return version
    values = {
        "version": version,
        "date": format_date(found.baseline.signed_at),
        "name": found.baseline.signed_by,
    }
    return _("%(version)s, signed on %(date)s by %(name)s") % values
