"""A sentence for each state that stands beside a level, and the headline of an explanation."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.ui.formats import delay_words, format_date, format_number, format_percent
from apps.plans.models import Item, ItemState
from apps.plans.selectors.arithmetic import Arithmetic


def headline(found: Arithmetic) -> str:
    """How late the item is, in one line; why there is no answer where there is none."""
    told = found.explanation
    if told is None:
        return STATES[found.outlook.shown](found.item) if found.outlook.shown in STATES else ""
    if told.delay_days <= 0:
        return delay_words(told.delay_days)
    values = {
        "late": delay_words(told.delay_days),
        "days": format_number(told.reference_days),
        "percent": format_percent(told.delay_percent),
    }
    return (
        ngettext(
            "%(late)s on %(days)s planned day: %(percent)s",
            "%(late)s on %(days)s planned days: %(percent)s",
            told.reference_days,
        )
        % values
    )


def state_notes(found: Arithmetic) -> list[tuple[str, str]]:
    """(state, sentence) of each state of the item, the headline's own left out."""
    keys = [found.outlook.shown, *found.outlook.beside]
    notes = [(key, STATES[key](found.item)) for key in keys if key in STATES]
    if found.explanation is None:
        notes = [note for note in notes if note[0] != found.outlook.shown]
    if found.item.is_projection and found.item.state == ItemState.OPEN:
        notes.append(("open", _("A later target: it is a projection. The next one raises alerts.")))
    return notes


def _silent(item: Item) -> str:
    if item.known_on is None:
        return _("Nothing was ever reported. The level assumes that nothing goes on.")
    text = _("Nothing was reported since %(date)s. The level assumes that nothing goes on.")
    return text % {"date": format_date(item.known_on)}


def _paused(item: Item) -> str:
    text = _("Paused since %(date)s: its alert is muted, but it still pushes what waits for it.")
    return text % {"date": format_date(item.paused_on)}


def _finished(item: Item) -> str:
    text = _("Finished on %(date)s. The level at closing stays as the outcome.")
    return text % {"date": format_date(item.finished_on)}


def _no_baseline(_item: Item) -> str:
    return _("The first value is still to be measured. Until then no forecast can be made.")


def _no_owner(_item: Item) -> str:
    return _("Nobody owns it. Only the PMO is told when it is late.")


def _cancelled(_item: Item) -> str:
    return _("Cancelled: it has left alerts, roll-ups and the network of links.")


STATES: dict[str, Callable[[Item], str]] = {
    "silent": _silent,
    "paused": _paused,
    "finished": _finished,
    "no_baseline": _no_baseline,
    "no_owner": _no_owner,
    "cancelled": _cancelled,
}
