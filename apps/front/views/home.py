"""The front door: where each role begins."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.permissions import led_teams, roles_in

PLANS_MOST = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A team lead's week, everybody else's plan, or a choice where there are several plans."""
    user = cast("User", request.user)
    plans = list(Plan.objects.visible_to(user)[:PLANS_MOST])
    if len(plans) != 1:
        return render(request, "front/home.html", {"plans": plans})
    if led_teams(roles_in(plans[0], user)):
        return redirect("cadence:week", plans[0].key)
    return redirect(plans[0])
