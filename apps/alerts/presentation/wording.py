"""What a message about levels keeps put into sentences, in the language that is active."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alerts.domain.payload import ItemNow, LevelEntry, RootNow
from apps.core.ui.badges import level_word
from apps.core.ui.formats import delay_words, format_date, format_number, format_percent
from apps.plans.engine.explanation import Explanation
from apps.plans.models import ItemKind


def explanation_of(entry: LevelEntry | RootNow) -> Explanation | None:
    return Explanation.from_json(entry.arithmetic) if entry.arithmetic else None


def kind_word(item: ItemNow) -> str:
    """Task, milestone or key-result target."""
    return str(ItemKind(item.kind).label)


def slip_sentence(name: str, delay_days: int) -> str:
    """“Fit-out is 8 days late”."""
    return ngettext(
        "%(name)s is %(count)s day late", "%(name)s is %(count)s days late", delay_days
    ) % {"name": name, "count": format_number(delay_days)}


def ending_sentence(entry: LevelEntry, explanation: Explanation | None) -> str:
    """How an alert ended: back on plan, finished, cancelled."""
    name = entry.item.name
    if entry.reason == "cancelled":
        return _("%(name)s is cancelled") % {"name": name}
    if entry.reason == "finished" and explanation is not None:
        days = explanation.delay_days
        if days > 0:
            return _("%(name)s is finished, %(delay)s") % {"name": name, "delay": delay_words(days)}
        return _("%(name)s is finished, in time") % {"name": name}
    return _("%(name)s is back on plan") % {"name": name}


def headline(entry: LevelEntry, explanation: Explanation | None) -> str:
    """What happened to the item of an entry."""
    if entry.action == "close" or explanation is None:
        return ending_sentence(entry, explanation)
    return slip_sentence(entry.item.name, explanation.delay_days)


def subject(entry: LevelEntry, explanation: Explanation | None, others: int) -> str:
    """Level word, item, days late, and how many items move with it."""
    if entry.action == "close" or explanation is None:
        text = ending_sentence(entry, explanation)
    else:
        text = _("%(level)s: %(slip)s") % {
            "level": level_word(entry.item.level),
            "slip": slip_sentence(entry.item.name, explanation.delay_days),
        }
    if not others:
        return text
    return ngettext(
        "%(text)s, %(count)s more item with it", "%(text)s, %(count)s more items with it", others
    ) % {"text": text, "count": others}


def listed(names: list[str]) -> str:
    """“A, B, C”."""
    text = names[0]
    for name in names[1:]:
        text = _("%(first)s, %(second)s") % {"first": text, "second": name}
    return text


def names_sentence(names: list[str], more: int) -> str:
    """“B and M move with it”; long lists end in a count."""
    if not names:
        return ""
    if more:
        return ngettext(
            "%(names)s and %(count)s more item move with it.",
            "%(names)s and %(count)s more items move with it.",
            more,
        ) % {"names": listed(names), "count": more}
    if len(names) == 1:
        return _("%(name)s moves with it.") % {"name": names[0]}
    return _("%(names)s and %(last)s move with it.") % {
        "names": listed(names[:-1]),
        "last": names[-1],
    }


def level_sentence(entry: LevelEntry) -> str:
    """Since when the item has its level, and which one was told before."""
    level, old = entry.item.level, entry.old_level
    since = format_date(entry.since)
    if old in {level, ""}:
        return _("since %(date)s") % {"date": since}
    return _("since %(date)s, before: %(old)s") % {"date": since, "old": level_word(old)}


def next_sentence(explanation: Explanation) -> str:
    """What happens if nothing is reported."""
    if not explanation.upcoming:
        if is_growing(explanation):
            return _("Without a report the delay grows by a day every day.")
        return _("Without a report the level stays as it is.")
    steps = [
        _("%(level)s from %(date)s")
        % {"level": level_word(step.level), "date": format_date(step.on)}
        for step in explanation.upcoming
    ]
    text = steps[0]
    for step in steps[1:]:
        text = _("%(first)s, then %(second)s") % {"first": text, "second": step}
    return _("Without a report: %(steps)s.") % {"steps": text}


def days(count: int) -> str:
    """“30 days”."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": format_number(count)}


def arithmetic_rows(entry: LevelEntry, explanation: Explanation) -> list[tuple[str, str]]:
    """The whole arithmetic of an entry as terms and values, top to bottom."""
    x = explanation
    rows = [
        (
            _("Planned"),
            _("%(start)s to %(finish)s, %(days)s")
            % {
                "start": format_date(x.planned_start),
                "finish": format_date(x.planned_finish),
                "days": days(x.duration_days),
            },
        ),
        (_("Last check-in"), check_in_text(x)),
    ]
    if x.remaining_days is not None:
        rows.append((_("Days left then"), format_number(x.remaining_days)))
    if x.assumes_progress_until is not None:
        rows.append((_("Progress assumed until"), format_date(x.assumes_progress_until)))
    if x.declared_finish is not None:
        rows.append((_("Owner's own date"), format_date(x.declared_finish)))
    if entry.driver is not None:
        rows.append((_("Pushed by"), entry.driver.name))
    rows.append((_("Forecast finish"), forecast_text(x)))
    rows.append((_("Delay"), delay_text(x)))
    if x.baseline_version > 1:
        rows.append((_("Against the first baseline"), first_baseline_text(x)))
    return rows


def check_in_text(x: Explanation) -> str:
    """Day of the last report and what it said."""
    if x.known_on is None:
        return _("none yet")
    day = format_date(x.known_on)
    if x.percent is not None:
        return _("%(date)s: %(percent)s done") % {
            "date": day,
            "percent": format_percent(float(x.percent)),
        }
    if x.value is None:
        return day
    return _("%(date)s: %(value)s") % {"date": day, "value": x.value}


def is_growing(x: Explanation) -> bool:
    """Whether every day without a report puts the forecast off by a day."""
    return x.slope_days is not None and x.forecast > x.fixed_finish


def forecast_text(x: Explanation) -> str:
    """The forecast as a sum where it is one of calendar days, else the date alone."""
    start, count = x.known_on, x.remaining_days
    if is_growing(x):
        start, count = x.as_of, x.slope_days
    if start is None or count is None or start + dt.timedelta(days=count) != x.forecast:
        return format_date(x.forecast)
    return _("%(start)s + %(days)s = %(finish)s") % {
        "start": format_date(start),
        "days": days(count),
        "finish": format_date(x.forecast),
    }


def delay_text(x: Explanation) -> str:
    """The division behind the colour: days late by planned days."""
    return _("%(delay)s ÷ %(planned)s = %(percent)s") % {
        "delay": days(x.delay_days),
        "planned": days(x.reference_days),
        "percent": format_percent(x.delay_percent),
    }


def first_baseline_text(x: Explanation) -> str:
    """The delay that a re-baseline cannot hide."""
    return _("%(delay)s, %(percent)s (version %(version)s is in force)") % {
        "delay": delay_words(x.first_delay_days),
        "percent": format_percent(x.first_delay_percent),
        "version": x.baseline_version,
    }
