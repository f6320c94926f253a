"""One URL, one template, the whole page or a part of it.

A view calls `render_page(request, "risks/risk_list.html", context, part="rows")`. A request made
by htmx for a target other than the whole page gets the named partial `rows` of that template.
Toasts travel with the part, so that messages are never lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

VARY_ON = ("HX-Request", "HX-Target", "Cookie")
WHOLE_PAGE_TARGETS = ("", "page", "main")
EVENT_TOAST = "okrtrack:toast"


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a part; history restores and boosted links want the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
        and target(request) not in WHOLE_PAGE_TARGETS
    )


def target(request: HttpRequest) -> str:
    """The id of the element that htmx will fill; "" when the browser itself asks."""
    return str(request.headers.get("HX-Target", ""))


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
    wanted = (parts or {}).get(target(request), part) if is_part(request) else ""
    name = f"{template}#{wanted}" if wanted else template
    return HttpResponse(render_to_string(name, context or {}, request=request), status=status)


def trigger(response: HttpResponse, event: str, detail: object = None) -> HttpResponse:
    """Ask the page to dispatch `event` once the answer is in place; several may be asked for."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    response["HX-Trigger"] = json.dumps({**events, event: detail})
    return response


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """Go to `url` after a POST: 303 for a browser, HX-Redirect for htmx."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
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
