"""Who may mark criteria and accept milestones.

Whoever answers for a milestone says what is met; administrators and the PMO accept it.
"""

from django.utils.translation import gettext_lazy as _

from apps.plans.models import Item
from apps.plans.permissions import ADMIN, LEAD, OWNER, PMO, rule

can_mark_criteria, check_can_mark_criteria = rule(
    "mark the criteria of",
    "milestone",
    of=Item,
    who=(ADMIN, PMO, LEAD, OWNER),
    refusal=_(
        "Only administrators, the PMO, the lead of its team and its owner may say which "
        "criteria are met."
    ),
)

can_accept_milestone, check_can_accept_milestone = rule(
    "accept",
    "milestone",
    of=Item,
    who=(ADMIN, PMO),
    refusal=_("Only administrators and the PMO accept a milestone."),
)
