"""Answers to what went wrong: a page in the site's look, a toast where htmx asked.

Wired by `handler400` … `handler500` in the root URLs and by CSRF_FAILURE_VIEW.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from apps.core.htmx import EVENT_TOAST, details


def answer(request: HttpRequest, template: str, status: int, sentence: str) -> HttpResponse:
    """The error page, with `sentence` also as a toast for a request made by htmx."""
    response = render(request, f"errors/{template}.html", {"sentence": sentence}, status=status)
    if details(request):
        trigger_client_event(response, EVENT_TOAST, {"text": sentence, "kind": "error"})
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood."""
    return answer(request, "400", 400, _("The request could not be understood."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the sentence of the permission that was missing, where it has one."""
    said = str(exception) if isinstance(exception, PermissionDenied) else ""
    return answer(request, "403", 403, said or _("Your role does not allow this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token was missing or old, mostly after signing in again elsewhere."""
    sentence = _("This form is too old to be sent. Load the page again, then send it once more.")
    return answer(request, "403_csrf", 403, sentence)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not for this person."""
    return answer(request, "404", 404, _("There is no page at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither database nor session nor context."""
    return HttpResponseServerError(get_template("errors/500.html").render({}))
