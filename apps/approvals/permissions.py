"""Who may take a request back. Who decides on it is said by its kind, where that is registered."""

from django.utils.translation import gettext_lazy as _

from apps.approvals.models import ChangeRequest
from apps.plans.permissions import Who, rule

ASKED_FOR_IT: Who[ChangeRequest] = Who(
    "whoever asked for it", lambda user, roles, request: request.requested_by_id == user.pk
)
can_withdraw_request, check_can_withdraw_request = rule(
    "withdraw",
    "request",
    of=ChangeRequest,
    who=(ASKED_FOR_IT,),
    refusal=_("Only the person who made the request may withdraw it."),
)
