"""Level and forecast of a row: as they are, or as a typed value would make them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.cadence.presentation.refusals import note_words
from apps.cadence.selectors.owed import KEY_RESULT, TASK
from apps.cadence.services.reportables import Reportable
from apps.core.ui.badges import level_word
from apps.core.ui.formats import format_date
from apps.milestones.services.reporting import EvaluatedReport
from apps.objectives.presentation.standings import sign_of, with_unit
from apps.objectives.services.entering import Evaluated
from apps.plans.addresses import why_path
from apps.plans.engine.timeline import upcoming
from apps.plans.models import Item, ItemState, LevelChange, Plan
from apps.plans.selectors.forecasts import stored_forecast
from apps.plans.selectors.outlooks import OutlookMaker

NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A badge with its forecast. ``lines`` say what else follows, ``asks`` what is still missing.

    ``echo``: how the typed text was understood. ``refused``: why there is nothing to show.
    """

    shown: str = ""
    beside: tuple[str, ...] = ()
    why: str = ""
    forecast_on: dt.date | None = None
    delay_days: int | None = None
    is_preview: bool = False
    echo: str = ""
    lines: tuple[str, ...] = ()
    asks: str = ""
    refused: str = ""


def item_outcome(item: Item, plan: Plan, looks: OutlookMaker) -> Outcome:
    """As the item is."""
    found = looks.of(item)
    return Outcome(
        shown=found.shown,
        beside=found.beside,
        why=why_path(plan.key, item.pk),
        forecast_on=found.forecast_on,
        delay_days=found.delay_days,
    )


def preview_outcome(report: Reportable, plan: Plan) -> Outcome:
    """As the entry would make it."""
    done, why = report.done, report.why
    assert done.leading is not None  # noqa: S101 - a key result without targets is not read
    item, looks = done.leading, OutlookMaker(plan, done.calendar, plan.today())
    found = looks.of(item)
    echo, lines = FOLLOWS[report.key[0]](done)
    return Outcome(
        shown=found.shown,
        forecast_on=found.forecast_on,
        delay_days=found.delay_days,
        is_preview=True,
        echo=echo,
        lines=(*next_words(item, plan, looks), *lines, *other_words(done.others)),
        asks=note_words(why) if why and not done.new.note else "",
    )


def key_result_follows(done: Evaluated) -> tuple[str, list[str]]:
    """How the typed text was understood, and the targets that it meets."""
    unit = done.reporting.key_result.unit
    met = [
        _("meets the target of %(day)s") % {"day": format_date(target.due_on)}
        for target in done.met
    ]
    return with_unit(done.new.value, sign_of(unit) or unit), met


def task_follows(done: EvaluatedReport) -> tuple[str, list[str]]:
    """How the typed text was understood, and whether it finishes the task."""
    echo = days_left(done.new.remaining_days)
    if done.is_not_begun:
        echo = _("not begun, %(left)s") % {"left": echo}
    if done.task.item.state != ItemState.FINISHED:
        return echo, []
    return echo, [_("finishes the task on %(day)s") % {"day": format_date(done.new.for_on)}]


FOLLOWS: dict[str, Callable[[Any], tuple[str, list[str]]]] = {
    KEY_RESULT: key_result_follows,
    TASK: task_follows,
}


def days_left(count: int | None) -> str:
    """Days of work that are left, in words."""
    number = count or 0
    return ngettext("%(count)s day left", "%(count)s days left", number) % {"count": number}


def next_words(item: Item, plan: Plan, looks: OutlookMaker) -> list[str]:
    """When the level changes next if nothing more is reported."""
    form = stored_forecast(item)
    if form is None or item.state != ItemState.OPEN:
        return []
    finish, minimum = looks.number(item.finish_on), plan.minimum_reference_days
    following = upcoming(form, finish, item.duration_days, looks.day, minimum)
    if not following:
        return []
    first = following[0]
    words = {"level": level_word(first.level), "day": format_date(looks.date(first.day), "short")}
    return [_("if nothing more is reported: %(level)s from %(day)s") % words]


def other_words(others: Iterable[LevelChange]) -> list[str]:
    """Other items whose level changes."""
    told = [f"{change.item.name} → {level_word(change.new_level)}" for change in others]
    if not told:
        return []
    shown = _(", ").join(told[:NAMED])
    if len(told) <= NAMED:
        return [_("moves %(items)s") % {"items": shown}]
    return [_("moves %(items)s and %(more)s more") % {"items": shown, "more": len(told) - NAMED}]
