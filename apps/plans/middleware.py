"""Finds the plan that a page is about, once, and refuses strangers before any view runs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from apps.plans.permissions import memberships_of


class PlanMiddleware:
    """Sets ``request.plan``, ``request.roles`` and ``request.plans`` from the URL's ``plan_key``.

    A plan that the person has no membership in answers 404, as if it did not exist. One query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.plan = None  # type: ignore[attr-defined]
        request.roles = []  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        key = kwargs.get("plan_key")
        if key is None or not request.user.is_authenticated:
            return
        memberships = memberships_of(request.user)
        roles = [membership for membership in memberships if membership.plan.key == key]
        if not roles:
            raise Http404
        request.plan = roles[0].plan  # type: ignore[attr-defined]
        request.roles = roles  # type: ignore[attr-defined]
        plans = {membership.plan_id: membership.plan for membership in memberships}
        request.plans = sorted(plans.values(), key=str)  # type: ignore[attr-defined]
