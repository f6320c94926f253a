"""Finds the plan that a page is about, once, and refuses strangers before any view runs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.plans.models import Plan
from apps.plans.permissions import roles_in


class PlanMiddleware:
    """Sets ``request.plan`` and ``request.roles`` from the ``plan_key`` of the URL.

    A plan that the person has no membership in answers 404, as if it did not exist.
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
        plan = get_object_or_404(Plan.objects.filter(archived_at=None), key=key)
        roles = roles_in(plan, request.user)
        if not roles:
            raise Http404
        request.plan = plan  # type: ignore[attr-defined]
        request.roles = roles  # type: ignore[attr-defined]
