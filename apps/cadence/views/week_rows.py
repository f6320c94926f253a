"""Saving and evaluating one row: what was typed goes to the services, what they say comes back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import get_template
from django.utils.translation import gettext as _

from apps.cadence.forms import RowForm
from apps.cadence.presentation.outcomes import Outcome, key_result_outcome, task_outcome
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
from apps.cadence.selectors.owed import KEY_RESULT, Key, schedule_of
from apps.cadence.selectors.week import Facts, KeyResultFacts, TaskFacts, due_of, read_row
from apps.cadence.services.week import (
    Reporter,
    key_result_preview,
    key_result_reasons,
    key_result_save,
    task_preview,
    task_reasons,
    task_save,
)
from apps.core.ui.cells import cells
from apps.core.ui.formats import language
from apps.milestones.services.reporting import EvaluatedReport, TaskReportConflictError
from apps.objectives.models import CheckIn
from apps.objectives.selectors.standings import Window, standing
from apps.objectives.services.entering import CheckInConflictError, Evaluated
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker

CONFLICTS = (CheckInConflictError, TaskReportConflictError)


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


def save(reporter: Reporter, key: Key, form: RowForm, on: dt.date) -> WeekRow:
    """Save a row; the answer is the row as it stands then, with errors or the choice to make.

    Raises PermissionDenied for somebody else's item, Http404 when it is gone.
    """
    kind, pk = key
    reason = _("Reported in My week")
    try:
        if kind == KEY_RESULT:
            done: Evaluated | EvaluatedReport = key_result_save(
                reporter, pk, on, lambda row: form.typed_value(row, on), reason
            )
        else:
            done = task_save(reporter, pk, form.typed_days_left(on), reason)
    except PermissionDenied:
        raise
    except REFUSALS as error:
        return refused(reporter, key, form, on, error)
    except CONFLICTS as conflict:
        return contested(reporter, key, form, on, conflict.standing)
    return saved(reporter, done, on)


def refused(reporter: Reporter, key: Key, form: RowForm, on: dt.date, error: Exception) -> WeekRow:
    """The row with what was typed and the sentence at its field."""
    return current(reporter, key, on, typed=form.typed, errors=dict([refusal(error)]))


def contested(reporter: Reporter, key: Key, form: RowForm, on: dt.date, standing: Any) -> WeekRow:
    """The row with what was typed beside what somebody else entered."""
    unit = standing.key_result.unit if isinstance(standing, CheckIn) else ""
    choice = choice_of(standing, form.typed, unit, on)
    return current(reporter, key, on, typed=form.typed, choice=choice)


def current(reporter: Reporter, key: Key, on: dt.date, **said: Any) -> WeekRow:
    window = day_window(reporter.plan, min(on, reporter.plan.today()))
    if on < reporter.plan.start_on:
        window = day_window(reporter.plan, reporter.plan.today(), window.calendar)
    facts = read_row(reporter.plan, window, key)
    if facts is None:
        raise Http404
    return week_row(facts, reporter.plan, window, reader_id=reporter.user.pk, **said)


def saved(reporter: Reporter, done: Evaluated | EvaluatedReport, on: dt.date) -> WeekRow:
    """The row after the save, from what was evaluated: nothing is read again."""
    plan, window = reporter.plan, day_window(reporter.plan, on, done.calendar)
    if isinstance(done, Evaluated):
        facts: Facts = key_result_facts(done, plan, window)
    else:
        due = due_of(plan, schedule_of(plan), None, done.new, None)
        facts = TaskFacts(done.task, done.new, due, done.waits_for)
    row = week_row(facts, plan, window, reader_id=reporter.user.pk)
    return replace(row, status="saved", message=saved_words())


def key_result_facts(done: Evaluated, plan: Plan, window: Window) -> KeyResultFacts:
    """A key result with its values as they are now."""
    key_result, last = done.reporting.key_result, done.reporting.last_with(done.new)
    first = done.reporting.with_new(done.new)[0]
    key_result.newest = as_json(last.for_on, last)  # type: ignore[attr-defined]
    key_result.first = as_json(first.on, last) | {"value": str(first.value)}  # type: ignore[attr-defined]
    found = standing(key_result, done.reporting.targets, plan, window)
    due = due_of(plan, schedule_of(plan, key_result), None, last, None)
    return KeyResultFacts(found, last, due)


def as_json(on: dt.date, row: CheckIn) -> dict[str, Any]:
    """A check-in as ``with_readings`` annotates it."""
    return {
        "value": str(row.value),
        "on": on.isoformat(),
        "confidence": row.confidence,
        "is_sample": row.is_sample,
    }


def preview(reporter: Reporter, key: Key, form: RowForm, on: dt.date) -> Outcome:
    """What saving the row would show; a refusal as its sentence."""
    kind, pk = key
    if not form.is_filled:
        return current(reporter, key, on).outcome
    plan = reporter.plan
    try:
        if kind == KEY_RESULT:
            value = key_result_preview(reporter, pk, on, lambda row: form.typed_value(row, on))
            looks = OutlookMaker(plan, value.calendar, plan.today())
            return key_result_outcome(value, plan, looks, key_result_reasons(value))
        report = task_preview(reporter, pk, form.typed_days_left(on))
        looks = OutlookMaker(plan, report.calendar, plan.today())
        return task_outcome(report, plan, looks, task_reasons(report))
    except PermissionDenied:
        raise
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
