"""Who may do what with messages."""

from django.utils.translation import gettext_lazy as _

from apps.plans.models import Plan
from apps.plans.permissions import ADMIN, PMO, rule

can_resend, check_can_resend = rule(
    "send again",
    "message",
    of=Plan,
    who=(ADMIN, PMO),
    refusal=_("Only the PMO and administrators of this plan can send a message again."),
)
