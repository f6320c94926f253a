"""The alert list, and its summary for the plan page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.alerts.filters import AlertFilter
from apps.alerts.models import Alert
from apps.alerts.selectors.listing import (
    LEVELS,
    WINDOW,
    alert_counts,
    alert_rows,
    by_root,
    root_rows,
    with_parts,
)
from apps.core.htmx import render_page
from apps.plans.http import PlanRequest
from apps.plans.models import Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker


@require_safe
def alert_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """What is late now by root cause, or what was and has recovered."""
    plan = request.plan
    filters = AlertFilter.on_page(request, Alert.objects.filter(plan=plan))
    chosen = filters.chosen
    state = chosen.pop("state", "open")
    alerts = filters.without("state")
    counts = alert_counts(alerts)
    standing = filters.by_state(alerts, "state", state)
    page = Paginator(with_parts(by_root(standing, state)), WINDOW).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), reverse("front:plan_page", args=[plan_key])), (_("Alerts"), "")],
        "form": filters.form,
        "counts": counts,
        "page": page,
        "rows": alert_rows(plan, page.object_list, today_maker(plan)),
        "is_closed": state == "closed",
        "is_filtered": bool(chosen),
        "tabs": alert_tabs(request, state, counts),
    }
    return render_page(request, "alerts/alert_list.html", context, part="rows")


def alert_tabs(request: PlanRequest, state: str, counts: dict[str, int]) -> list[dict[str, object]]:
    """Open and closed, with the filters kept."""
    tabs = []
    for name, label in (("open", _("Open alerts")), ("closed", _("Closed alerts"))):
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = name
        url, is_current = f"?{query.urlencode()}", name == state
        tabs.append({"label": label, "url": url, "current": is_current, "count": counts[name]})
    return tabs


@require_safe
def alert_summary(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Fragment of the plan page: open alerts by level, and the worst root causes."""
    plan = request.plan
    counts = alert_counts(Alert.objects.filter(plan=plan))
    context = {
        "levels": [(level, counts[level]) for level in reversed(LEVELS)],
        "total": counts["open"],
        "rows": root_rows(plan, today_maker(plan)),
    }
    return render_page(request, "alerts/alert_summary.html", context, part="summary")


def today_maker(plan: Plan) -> OutlookMaker:
    """Levels as of the plan's today."""
    return OutlookMaker(plan, plan_calendar(plan), plan.today())
