"""The outbox: who was told what, when, and which server accepted it."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from apps.core.htmx import redirect_to, render_page
from apps.outbox.filters import NotificationFilter
from apps.outbox.models import Notification
from apps.outbox.permissions import can_resend, check_can_resend
from apps.outbox.presentation.rows import outbox_rows, shown_letter
from apps.outbox.selectors.listing import WINDOW, outbox_counts, plan_notifications
from apps.outbox.services import notification_resend, nudge_sender
from apps.outbox.services.letters import email_headers
from apps.plans.http import PlanRequest

# A mail carries its own styles; it may load and run nothing.
MAIL_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups"],
}


@require_safe
def notification_list(request: PlanRequest, plan_key: str) -> HttpResponse:
    """Every message of the plan, the newest first."""
    plan = request.plan
    filters = NotificationFilter.on_page(request, plan_notifications(plan))
    page = Paginator(filters.qs, WINDOW).get_page(request.GET.get("page"))
    prefix = reverse("outbox:notification_list", args=[plan_key])
    context: dict[str, Any] = {
        "crumbs": [(_("Plan"), reverse("front:plan_page", args=[plan_key])), (_("Outbox"), "")],
        "form": filters.form,
        "page": page,
        "rows": outbox_rows(page.object_list, prefix),
        "counts": outbox_counts(plan),
        "prefix": prefix,
    }
    return render_page(request, "outbox/notification_list.html", context, part="rows")


@require_safe
def notification_detail(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """One message: what became of it, and the mail as its recipient sees it."""
    row = notification_of(request, pk)
    prefix = reverse("outbox:notification_list", args=[plan_key])
    mail = shown_letter(row)
    (shown,) = outbox_rows([row], prefix)
    subject = shown.subject if mail is None else mail.subject
    context: dict[str, Any] = {
        "crumbs": [
            (_("Plan"), reverse("front:plan_page", args=[plan_key])),
            (_("Outbox"), prefix),
            (subject, ""),
        ],
        "row": shown,
        "letter": mail,
        "message_id": email_headers(row)["Message-ID"],
        "can_resend": can_resend(request.user, request.roles, request.plan),
    }
    return render_page(request, "outbox/notification_detail.html", context)


@require_safe
@xframe_options_sameorigin
@csp(MAIL_CSP)  # type: ignore[arg-type]
def notification_mail(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """The HTML part of a mail, for the frame on its page."""
    mail = shown_letter(notification_of(request, pk))
    return HttpResponse("" if mail is None else mail.html)


@require_POST
def notification_resend_now(request: PlanRequest, plan_key: str, pk: int) -> HttpResponse:
    """Put a message that has not gone out back at the head of the queue."""
    check_can_resend(request.user, request.roles, request.plan)
    row = notification_of(request, pk)
    if notification_resend(notification=row, by=request.user):
        nudge_sender()
        messages.success(request, _("The message is sent again now."))
    else:
        messages.info(request, _("This message has gone out already."))
    return redirect_to(request, reverse("outbox:notification_detail", args=[plan_key, pk]))


def notification_of(request: PlanRequest, pk: int) -> Notification:
    """A message of the plan; 404 for those of other plans."""
    rows = Notification.objects.filter(plan=request.plan).select_related("recipient", "plan")
    row: Notification = get_object_or_404(rows, pk=pk)
    return row
