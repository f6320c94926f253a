"""The page of the arithmetic behind a colour."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.plans.addresses import plan_path
from apps.plans.http import PlanRequest
from apps.plans.presentation.explanation import explanation_context
from apps.plans.selectors.arithmetic import read_arithmetic


@require_safe
def item_explain(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """The arithmetic behind an item's colour, and how its level changed before."""
    plan = request.plan
    item = get_object_or_404(plan.items.select_related("owner", "team"), pk=pk)
    found = read_arithmetic(item, plan, plan.today())
    context = {
        "crumbs": [
            (_("Plan"), plan_path(plan.key)),
            (item.name, found.href),
            (_("The arithmetic"), ""),
        ],
        "nav_section": "objective" if item.kind == "target" else item.kind,
        **explanation_context(found),
    }
    return render_page(request, "plans/item_explain.html", context, part="explanation")
