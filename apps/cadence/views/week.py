"""My week: the grid, one row of it, and what a typed value would lead to."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.cadence.forms import typed_in
from apps.cadence.presentation.week import WeekRow, groups, row_key, week_path, week_row
from apps.cadence.selectors.week import read_scope, read_week
from apps.cadence.services.entering import Reporter
from apps.cadence.views import week_rows
from apps.core.htmx import redirect_to, render_page
from apps.plans.addresses import plan_path
from apps.plans.http import PlanRequest
from apps.plans.permissions import led_teams


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Everything that the person is asked to update; POST saves every row that has a value."""
    if request.method != "POST":
        return page(request, {})
    reporter = reporter_of(request)
    on = week_rows.posted_day(request.POST, request.plan.today())
    answers: dict[str, WeekRow] = {}
    for text, key in week_rows.posted_keys(request.POST):
        typed = typed_in(request.POST, text)
        if not typed.is_filled:
            continue
        try:
            answers[text] = week_rows.save(reporter, key, typed, on)
        except PermissionDenied as error:
            messages.error(request, str(error))
    count = sum(row.status == "saved" for row in answers.values())
    if count:
        messages.success(request, saved_count(count))
    failed = {text: row for text, row in answers.items() if row.status != "saved"}
    if not failed:
        return redirect_to(request, request.get_full_path())
    return page(request, failed, status=422)


def page(request: PlanRequest, answers: dict[str, WeekRow], status: int = 200) -> HttpResponse:
    """The whole grid; ``answers`` are rows that could not be saved."""
    plan, today = request.plan, request.plan.today()
    on, problem = asked_day(request, today)
    window = week_rows.day_window(plan, on)
    scope = read_scope(request.user, led_teams(request.roles), today)
    rows = [
        answers.get(row_key(*one.key)) or week_row(one, plan, window, reader_id=request.user.pk)
        for one in read_week(plan, scope, window)
    ]
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), plan_path(plan.key)), (_("My week"), "")],
        "nav_section": "week",
        "groups": groups(rows),
        "base": week_path(plan),
        "total": len(rows),
        "waiting": sum(row.due.is_owed for row in rows),
        "failed": len(answers),
        "today": today,
        "on": on,
        "problem": problem,
        "first_day": plan.start_on,
    }
    return render_page(request, "cadence/week.html", context, status=422 if problem else status)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: PlanRequest, plan_key: str, row_key: str) -> HttpResponse:
    """One row: as it is, or saved; 422 with its sentences when it could not be."""
    key, plan, today = week_rows.asked_key(row_key), request.plan, request.plan.today()
    reporter = reporter_of(request)
    if request.method != "POST":
        on = week_rows.posted_day(request.GET, today)
        found = week_rows.current(reporter, key, on)
        return HttpResponse(week_rows.rows_html([found], plan, today))
    on = week_rows.posted_day(request.POST, today)
    found = week_rows.save(reporter, key, typed_in(request.POST, row_key), on)
    status = 200 if found.status == "saved" else 422
    return HttpResponse(week_rows.rows_html([found], plan, today), status=status)


@require_safe
def preview(request: PlanRequest, plan_key: str, row_key: str) -> HttpResponse:
    """Level and forecast that the typed value would give; nothing is written."""
    key, today = week_rows.asked_key(row_key), request.plan.today()
    on = week_rows.posted_day(request.GET, today)
    outcome = week_rows.outcome(reporter_of(request), key, typed_in(request.GET, row_key), on)
    return HttpResponse(week_rows.outcome_html(outcome, today))


def reporter_of(request: PlanRequest) -> Reporter:
    return Reporter(request.plan, request.user, request.roles)


def asked_day(request: PlanRequest, today: dt.date) -> tuple[dt.date, str]:
    """The day the page reports for, and what is wrong with the one that was asked for."""
    data = request.POST if request.method == "POST" else request.GET
    on = week_rows.posted_day(data, today)
    if on > today:
        return today, _("This day lies in the future. Report for today or earlier.")
    if on == dt.date.min:
        return today, _("This is not a date.")
    if on < request.plan.start_on:
        return today, _("This day lies before the plan.")
    return on, ""


def saved_count(count: int) -> str:
    """How many rows were saved."""
    return ngettext("%(count)s row saved.", "%(count)s rows saved.", count) % {"count": count}
