"""How reliably updates come: the whole table, and its summary for the plan page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.cadence.presentation.strip import legend, week_strip
from apps.cadence.selectors.discipline import Line, read_discipline
from apps.core.htmx import render_page
from apps.plans.http import PlanRequest

SUMMARY_PEOPLE = 5


@require_safe
def discipline(request: PlanRequest, plan_key: str) -> HttpResponse:
    """On time, late, missed, excused and silent per person and team, over the last weeks."""
    found = read_discipline(request.plan, request.plan.today())
    context: dict[str, Any] = {
        "crumbs": [
            (_("Plan"), reverse("front:plan_page", args=[plan_key])),
            (_("Check-in discipline"), ""),
        ],
        "nav_section": "plan",
        "plan": request.plan,
        "weeks": found.weeks,
        "total": rows([found.plan], found.weeks)[0],
        "groups": [
            (_("Teams"), _("Team"), rows(found.teams, found.weeks)),
            (_("People"), _("Person"), rows(found.people, found.weeks)),
        ],
        "legend": legend(),
    }
    return render_page(request, "cadence/discipline.html", context)


@require_safe
def discipline_summary(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Fragment of the plan page: the plan's rate, and who needs a word first."""
    found = read_discipline(request.plan, request.plan.today())
    behind = [line for line in found.people if is_behind(line)][:SUMMARY_PEOPLE]
    context = {
        "plan": request.plan,
        "weeks": found.weeks,
        "total": rows([found.plan], found.weeks)[0],
        "rows": rows(behind, found.weeks),
    }
    return render_page(request, "cadence/discipline_summary.html", context, part="summary")


def is_behind(line: Line) -> bool:
    """Whether something came late or not at all; no data is not behind."""
    return line.tally.rate is not None and line.tally.rate < 1


def rows(lines: Iterable[Line], weeks: Sequence[dt.date]) -> list[dict[str, Any]]:
    """Lines as the templates show them: rate in percent, the strip drawn."""
    return [row(line, weeks) for line in lines]


def row(line: Line, weeks: Sequence[dt.date]) -> dict[str, Any]:
    rate = line.tally.rate
    return {
        "name": line.name,
        "tally": line.tally,
        "rate": None if rate is None else float(rate * 100),
        "silent": line.silent,
        "strip": week_strip(weeks, line.weeks),
    }
