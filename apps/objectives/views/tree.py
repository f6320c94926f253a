"""Which objective supports which, with the values of all of them."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.objectives.presentation.tree import tree_rows
from apps.objectives.selectors.standings import read_objectives
from apps.objectives.views.objective_edit import objective_crumbs
from apps.objectives.views.objectives import day_window
from apps.plans.http import PlanRequest


@require_safe
def objective_tree(request: PlanRequest, plan_key: str) -> HttpResponse:
    """The whole tree on one page; nothing has to be opened to see a value."""
    plan, window = request.plan, day_window(request)
    prefetch_related_objects([plan], "phases")
    found = read_objectives(plan, window)
    prefetch_related_objects(
        [one.objective for one in found], "supports_objective", "supports_key_result"
    )
    title = _("Alignment")
    context = {
        "title": title,
        "crumbs": objective_crumbs(request, (title, "")),
        "rows": tree_rows(found, plan),
        "nav_section": "objective",
    }
    return render_page(request, "objectives/objective_tree.html", context)
