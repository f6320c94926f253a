"""The formula of a forecast, filled in: F = max(a, t + b), and what share of the plan it is late.

Symbols and numbers are the same in every language; the words between them are translated.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.ui.formats import MINUS, delay_words, format_date, format_number, format_percent
from apps.plans.engine.explanation import Explanation
from apps.plans.engine.forecasts import Forecast
from apps.plans.models import ItemKind, ItemState
from apps.plans.selectors.arithmetic import Arithmetic
from apps.plans.selectors.drivers import Driver

FROM_START = ("SS", "SF")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: symbol, what it is made of, what it comes to.

    ``is_decisive`` marks the term that gives the forecast.
    """

    symbol: str
    words: str
    result: str
    is_decisive: bool = False


def days(count: int) -> str:
    """A number of the plan's days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": format_number(count)}


def formula_lines(found: Arithmetic) -> list[Line]:
    """The sum from what is known to the share that gives the colour; empty without a forecast."""
    told = found.explanation
    if told is None:
        return []
    return [*forecast_lines(found, told), *delay_lines(told)]


def forecast_lines(found: Arithmetic, told: Explanation) -> list[Line]:
    """How the forecast finish F comes about."""
    forecast = format_date(told.forecast)
    if found.item.state == ItemState.FINISHED:
        return [Line("F", _("finished on"), forecast)]
    fixed = Line(
        "a", fixed_words(found, told), format_date(told.fixed_finish), not found.is_stalled
    )
    if told.slope_days is None:
        return [fixed, Line("F", _("waiting does not move it"), forecast)]
    day = found.calendar.today_number(found.today)
    growing = found.calendar.date(day + told.slope_days)
    return [
        fixed,
        Line("t + b", growing_words(found, told), format_date(growing), found.is_stalled),
        Line("F", _("the later of the two"), forecast),
    ]


def delay_lines(told: Explanation) -> list[Line]:
    """How late that is, in days and as a share of the planned duration."""
    difference = _("%(forecast)s %(minus)s planned finish %(finish)s") % {
        "forecast": format_date(told.forecast),
        "minus": MINUS,
        "finish": format_date(told.planned_finish),
    }
    share = _("%(delay)s of %(reference)s planned days") % {
        "delay": format_number(told.delay_days),
        "reference": format_number(told.reference_days),
    }
    return [
        Line("d", difference, delay_words(told.delay_days)),
        Line("d / D", share, format_percent(told.delay_percent), is_decisive=True),
    ]


def fixed_words(found: Arithmetic, told: Explanation) -> str:
    """Where the fixed part a comes from."""
    if found.chain and not found.is_stalled:
        return pushed_words(found, found.chain[0])
    if found.item.driver_id is not None:
        return _("what is reported of its predecessors")
    if told.declared_finish is not None and told.declared_finish == told.fixed_finish:
        return _("the owner's own finish date, later than the reports say")
    if found.item.is_point:
        return _("planned finish")
    left = told.remaining_days or 0
    if told.known_on is None:
        text = _("not started: the day before the planned start + %(days)s of work")
        return text % {"days": days(left)}
    text = _("last check-in %(known)s + %(days)s left")
    return text % {"known": format_date(told.known_on), "days": days(left)}


def growing_words(found: Arithmetic, told: Explanation) -> str:
    """Where the part that grows each day comes from."""
    values = {
        "today": format_date(told.as_of),
        "days": days(told.slope_days or 0),
        "left": told.remaining_days or 0,
        "grace": told.grace_days,
        "minus": MINUS,
    }
    own = None if found.own is None else found.own.finish.b
    if own != told.slope_days or found.item.stall_driver_id is not None:
        return _("today %(today)s + %(days)s, because a predecessor waits") % values
    if found.item.state == ItemState.PAUSED:
        return _("today %(today)s + %(days)s: paused, no progress is assumed") % values
    if not found.item.is_point:
        if (told.remaining_days or 0) <= told.grace_days:
            return _("today %(today)s: the %(left)s left fit into the %(grace)s of grace") % {
                **values,
                "left": days(told.remaining_days or 0),
                "grace": days(told.grace_days),
            }
        text = _("today %(today)s + %(days)s = %(left)s left %(minus)s 1 %(minus)s %(grace)s grace")
        return text % values
    if found.item.kind == ItemKind.TARGET and told.slope_days:
        return _("today %(today)s + %(days)s not yet made up since it left its bounds") % values
    return _("today %(today)s, and it is not done") % values


def pushed_words(found: Arithmetic, driver: Driver) -> str:
    """What the nearest driver adds: its own date and the days that must follow it."""
    told = found.explanation
    assert told is not None  # noqa: S101 - only asked where there is a forecast
    origin, gap = driver_date(found, driver, told.forecast)
    kind = driver.links[0][0] if driver.links else "FS"
    values = {"name": driver.item.name, "date": format_date(origin), "days": days(gap)}
    if gap == 0:
        if kind in FROM_START:
            return _("“%(name)s” starts on %(date)s") % values
        return _("“%(name)s” finishes on %(date)s") % values
    if kind in FROM_START:
        return _("“%(name)s” starts on %(date)s, + %(days)s that must follow") % values
    return _("“%(name)s” finishes on %(date)s, + %(days)s that must follow") % values


def driver_date(found: Arithmetic, driver: Driver, forecast: dt.date) -> tuple[dt.date, int]:
    """The driver's start or finish that pushes, and the days from it to the item's forecast."""
    day = found.calendar.today_number(found.today)
    item = driver.item
    kind = driver.links[0][0] if driver.links else "FS"
    pushed = Forecast(item.forecast_a or 0, item.forecast_b)
    if kind in FROM_START and item.start_a is not None and not item.is_point:
        pushed = Forecast(item.start_a, item.start_b)
    origin = pushed.at(day)
    return found.calendar.date(origin), found.calendar.number(forecast) - origin
