"""Saving and evaluating one row: what was typed goes to the services, what they say comes back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.template.loader import get_template
from django.utils.translation import gettext as _

from apps.cadence.presentation.outcomes import Outcome, preview_outcome
from apps.cadence.presentation.refusals import REFUSALS, refusal
from apps.cadence.presentation.week import (
    WeekRow,
    choice_of,
    read_row_key,
    row_key,
    saved_words,
    week_path,
    week_row,
)
from apps.cadence.selectors.owed import Key
from apps.cadence.selectors.week import read_row
from apps.cadence.services.entering import Reporter, enter, preview
from apps.cadence.services.reportables import Typed
from apps.core.ui.cells import cells
from apps.core.ui.formats import language
from apps.objectives.selectors.standings import Window
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.services.entries import EntryConflictError


def asked_key(text: str) -> Key:
    """The item of the address; 404 for anything that is none."""
    key = read_row_key(text)
    if key is None:
        raise Http404
    return key


def day_window(plan: Plan, on: dt.date, calendar: DayCalendar | None = None) -> Window:
    """The day that is reported for, in the plan's calendar."""
    calendar = plan_calendar(plan) if calendar is None else calendar
    return Window(OutlookMaker(plan, calendar, on), calendar)


def posted_day(data: Mapping[str, Any], today: dt.date) -> dt.date:
    """The day that the updates are for; today when none was sent, year 1 when it is no day."""
    text = str(data.get("for_on", "")).strip()
    if not text:
        return today
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return dt.date.min


def save(reporter: Reporter, key: Key, typed: Typed, on: dt.date) -> WeekRow:
    """Save a row; the answer is the row as it stands then, with errors or the choice to make.

    Raises PermissionDenied for somebody else's item, Http404 when it is gone.
    """
    try:
        report = enter(reporter, key, typed, on, _("Reported in My week"))
    except REFUSALS as error:
        return current(reporter, key, on, typed=typed, errors=dict([refusal(error)]))
    except EntryConflictError as conflict:
        choice = choice_of(conflict.standing, typed, on)
        return current(reporter, key, on, typed=typed, choice=choice)
    plan, window = reporter.plan, day_window(reporter.plan, on, report.done.calendar)
    row = week_row(report.facts(plan, window), plan, window, reader_id=reporter.user.pk)
    return replace(row, status="saved", message=saved_words())


def current(reporter: Reporter, key: Key, on: dt.date, **said: Any) -> WeekRow:
    window = day_window(reporter.plan, min(on, reporter.plan.today()))
    if on < reporter.plan.start_on:
        window = day_window(reporter.plan, reporter.plan.today(), window.calendar)
    facts = read_row(reporter.plan, window, key)
    if facts is None:
        raise Http404
    return week_row(facts, reporter.plan, window, reader_id=reporter.user.pk, **said)


def outcome(reporter: Reporter, key: Key, typed: Typed, on: dt.date) -> Outcome:
    """What saving the row would show; a refusal as its sentence."""
    if not typed.is_filled:
        return current(reporter, key, on).outcome
    try:
        return preview_outcome(preview(reporter, key, typed, on), reporter.plan)
    except REFUSALS as error:
        return Outcome(refused=refusal(error)[1])


def rows_html(rows: list[WeekRow], plan: Plan, today: dt.date) -> str:
    context = {"rows": rows, "base": week_path(plan), "today": today, "cell": cells(language())}
    return get_template("cadence/week_rows.jinja", using="rows").render(context)


def outcome_html(outcome: Outcome, today: dt.date) -> str:
    """The level cell as markup."""
    context = {"outcome": outcome, "today": today}
    return get_template("cadence/week_outcome.jinja", using="rows").render(context)


def posted_keys(data: Mapping[str, Any]) -> list[tuple[str, Key]]:
    """Rows that a whole page sent, in its order."""
    texts = [name.removesuffix("-value") for name in data if name.endswith("-value")]
    found = ((text, read_row_key(text)) for text in texts)
    return [(row_key(*key), key) for _text, key in found if key is not None]
