"""The request that a page of a plan receives."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from apps.people.models import User
from apps.plans.models import Membership, Plan


class PlanRequest(HttpRequest):
    """Signed in (LoginRequiredMiddleware), within a plan (PlanMiddleware), perhaps by htmx."""

    user: User
    plan: Plan
    roles: list[Membership]
    htmx: HtmxDetails
