"""Correct a reported value from the page of its key result."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.htmx import redirect_to, render_page
from apps.core.ui.formats import format_date
from apps.objectives.forms.corrections import CorrectionForm
from apps.objectives.models import CheckIn
from apps.objectives.permissions import check_can_edit_key_result, check_is_open
from apps.objectives.presentation.refusals import refusal
from apps.objectives.presentation.standings import key_result_path, with_unit
from apps.objectives.services.corrections import check_in_correct
from apps.objectives.views.objective_edit import METHODS, objective_crumbs
from apps.plans.engine.errors import PlanRuleError
from apps.plans.http import PlanRequest


@require_http_methods(METHODS)
def check_in_correction(request: PlanRequest, plan_key: str, key: str, pk: int) -> HttpResponse:
    """The old value stays in the history; the new one counts."""
    rows = CheckIn.objects.select_related("key_result__objective", "key_result__plan")
    check_in = get_object_or_404(rows, pk=pk, key_result__key=key, key_result__plan=request.plan)
    key_result = check_in.key_result
    check_can_edit_key_result(request.user, request.roles, key_result)
    check_is_open(key_result.objective)
    back = key_result_path(request.plan, key_result)
    shown = {"value": check_in.value, "confidence": check_in.confidence}
    form = CorrectionForm(request.POST or None, initial=shown, key_result=key_result)
    if request.method == "POST" and form.is_valid() and corrected(request, form, check_in):
        messages.success(request, _("The value was corrected."))
        return redirect_to(request, f"{back}#check-ins")
    title = _("Correct the value of %(day)s") % {"day": format_date(check_in.for_on)}
    said = {"value": with_unit(check_in.value, key_result.unit), "person": check_in.entered_by}
    context = {
        "form": form,
        "title": title,
        "text": _("%(person)s reported %(value)s. That row stays in the history.") % said,
        "back": back,
        "crumbs": objective_crumbs(request, (key_result.name, back), (_("Correct"), "")),
        "nav_section": "objective",
    }
    status = 422 if form.errors else 200
    return render_page(request, "objectives/objective_form.html", context, status=status)


def corrected(request: PlanRequest, form: CorrectionForm, check_in: CheckIn) -> bool:
    """Enter the correction; a refusal is said above the form."""
    try:
        check_in_correct(check_in=check_in, by=request.user, **form.cleaned_data)
    except PlanRuleError as error:
        form.add_error(None, refusal(error))
    return not form.errors
