"""The colour switch and the style guide."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from apps.core.htmx import render_page
from apps.core.templatetags.okr import THEME_COOKIE, THEMES
from apps.core.ui import gallery

COOKIE_AGE = dt.timedelta(days=400)


@login_not_required
@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    """Keep the reader's colours in a cookie and go back to the page they came from."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=COOKIE_AGE,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; open in the demo and to staff, otherwise not there."""
    user = request.user
    if not (settings.DEBUG or settings.IS_DEMO or (user.is_authenticated and user.is_staff)):
        raise Http404
    today = timezone.localdate()
    form = gallery.SampleForm(request.GET if "name" in request.GET else None)
    invalid = gallery.SampleForm({"name": "", "days_left": "-3", "finish_on": "soon"})
    rows = gallery.rows(today)
    level = request.GET.get("level")
    context = {
        **gallery.samples(today),
        "today": today,
        "form": form,
        "invalid_form": invalid,
        "filter_form": gallery.SampleFilter(request.GET or None),
        "rows": [row for row in rows if not level or row.level == level],
        "page": Paginator(range(1, 729), 50).get_page(request.GET.get("page")),
    }
    return render_page(request, "styleguide/styleguide.html", context, part="rows")
