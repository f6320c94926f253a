"""Who may do what with messages."""

from django.utils.translation import gettext_lazy as _

from apps.outbox.models import Notification
from apps.plans.permissions import ADMIN, PMO, rule

can_resend, check_can_resend = rule(
    "send again",
    "message",
    of=Notification,
    who=(ADMIN, PMO),
    refusal=_("Only the PMO and administrators of this plan can send a message again."),
)
