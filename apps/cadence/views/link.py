"""The form behind the link of a reminder: one item, no sign-in, no navigation.

Looking changes nothing: programs that check mails may open it as often as they like.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.cadence.forms import typed_in
from apps.cadence.presentation.links import SENTENCES, STATUS
from apps.cadence.presentation.refusals import REFUSALS, refusal
from apps.cadence.presentation.week import row_key
from apps.cadence.selectors.links import LinkState, SignedLink, read_link
from apps.cadence.selectors.tokens import Claim, LinkRefusedError, read_token
from apps.cadence.services.linking import link_reporter, link_use
from apps.cadence.services.reportables import Typed
from apps.cadence.views.week_rows import current
from apps.core.htmx import redirect_to
from apps.core.limits import is_within
from apps.plans.services.entries import EntryConflictError

# Seconds: ``too_often`` says ten minutes.
TRIES, WINDOW = 30, 600
CONFIDENCES = [str(number) for number in range(11)]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_form(request: HttpRequest, token: str) -> HttpResponse:
    """The form, or the sentence that says why there is none."""
    now = timezone.now()
    try:
        claim = read_token(token, now)
    except LinkRefusedError as refused:
        return refuse(request, refused)
    if request.method == "POST" and not is_within(f"link:{token}", most=TRIES, seconds=WINDOW):
        return too_often(request)
    link = read_link(claim, now)
    with reader(link):
        if request.method == "POST" and link.state is LinkState.READY:
            return save(request, claim, now)
        return page(request, link)


@contextmanager
def reader(link: SignedLink) -> Iterator[None]:
    """The language and time zone of the person whom the link was sent to."""
    if link.recipient is None:
        yield
        return
    with (
        translation.override(link.recipient.language),
        timezone.override(ZoneInfo(link.recipient.time_zone)),
    ):
        yield


def refuse(request: HttpRequest, refused: LinkRefusedError) -> HttpResponse:
    """A link that was not made here, or is over. Guessing is slowed down."""
    address = request.META.get("REMOTE_ADDR", "")
    if refused.code == "forged" and not is_within(f"forged:{address}", most=TRIES, seconds=WINDOW):
        return too_often(request)
    return page(request, SignedLink(LinkState(refused.code)))


def too_often(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Too many attempts"),
        "sentence": _("Wait ten minutes, then open the link again."),
    }
    return render(request, "cadence/link_form.html", context, status=429)


def page(
    request: HttpRequest,
    link: SignedLink,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """The form with what was typed, or the sentence of the link's state and the last report."""
    context: dict[str, Any] = {"is_ready": link.state is LinkState.READY, "link": link}
    if link.state is not LinkState.READY:
        context["title"], context["sentence"] = SENTENCES[link.state]
    if link.state in {LinkState.READY, LinkState.USED, LinkState.DONE}:
        context["row"] = row_of(link, typed, errors)
        context["confidences"] = CONFIDENCES
    status = 422 if errors else STATUS.get(link.state, 200)
    return render(request, "cadence/link_form.html", context, status=status)


def row_of(link: SignedLink, typed: Typed | None, errors: dict[str, str] | None) -> Any:
    """The item as My week shows it; None when it asks for no updates any more."""
    reporter = link_reporter(link, timezone.now())
    try:
        return current(reporter, link.key, reporter.plan.today(), typed=typed, errors=errors)
    except Http404:
        return None


def save(request: HttpRequest, claim: Claim, now: dt.datetime) -> HttpResponse:
    """Record what was typed for today, signed by the person of the link; then show it."""
    link = read_link(claim, now)
    typed = typed_in(request.POST, row_key(*link.key))
    try:
        link = link_use(claim=claim, typed=typed, now=now)
    except EntryConflictError:
        link = read_link(claim, now)
    except REFUSALS as error:
        return page(request, link, typed, dict([refusal(error)]))
    if link.state is not LinkState.READY:
        return page(request, link)
    return redirect_to(request, request.path)
