"""One URL, one template, the whole page or a part of it.

A view calls `render_page(request, "risks/risk_list.html", context, part="rows")`. A request made
by htmx for a target other than the whole page gets the named partial `rows` of that template.
Toasts travel with the part, so that messages are never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

VARY_ON = ("HX-Request", "HX-Target", "Cookie")
WHOLE_PAGE_TARGETS = (None, "page", "main")
EVENT_TOAST = "okrtrack:toast"


def details(request: HttpRequest) -> HtmxDetails:
    """What htmx says of the request; false when the browser itself asks."""
    return cast(HtmxDetails, request.htmx)  # type: ignore[attr-defined]


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a part; history restores and boosted links want the whole page."""
    asked = details(request)
    is_whole = asked.boosted or asked.history_restore_request
    return bool(asked) and not is_whole and asked.target not in WHOLE_PAGE_TARGETS


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    parts: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or the partial named by `parts[HX-Target]`, else by `part`.

    An invalid form answers with status 422: htmx swaps it in, a browser shows the page.
    """
    wanted = (parts or {}).get(details(request).target or "", part) if is_part(request) else ""
    name = f"{template}#{wanted}" if wanted else template
    return HttpResponse(render_to_string(name, context or {}, request=request), status=status)


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """Go to `url` after a POST: 303 for a browser, HX-Redirect for htmx."""
    if details(request):
        return HttpResponseClientRedirect(url, status=204)
    return HttpResponse(status=303, headers={"Location": url})


class PartMiddleware:
    """Names the headers an answer depends on, and sends pending messages along with a part."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, VARY_ON)
        if isinstance(response, HttpResponse) and is_part(request) and response.content:
            pending = list(get_messages(request))
            if pending:
                context = {"messages": pending, "out_of_band": True}
                toasts = render_to_string("components/toasts.html", context, request=request)
                response.content += toasts.encode()
                response.headers.pop("Content-Length", None)
        return response
