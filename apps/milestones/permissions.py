"""Who may mark criteria and accept milestones, and who moves work within the tree.

Whoever answers for a milestone says what is met; administrators and the PMO accept it.
"""

from django.utils.translation import gettext_lazy as _

from apps.milestones.models import WorkPackage
from apps.plans.models import Item
from apps.plans.permissions import ADMIN, LEAD, OWNER, PMO, Who, led_teams, rule

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

can_move_task, check_can_move_task = rule(
    "move",
    "task",
    of=Item,
    who=(ADMIN, PMO, LEAD),
    refusal=_("Only administrators, the PMO and the lead of its team may move this task."),
)

MILESTONE_LEAD: Who[WorkPackage] = Who(
    "lead of its milestone's team",
    lambda user, roles, package: (
        package.branch_milestone is not None
        and package.branch_milestone.item.team_id in led_teams(roles)
    ),
)
can_move_package, check_can_move_package = rule(
    "move",
    "work package",
    of=WorkPackage,
    who=(ADMIN, PMO, MILESTONE_LEAD),
    refusal=_(
        "Only administrators, the PMO and the lead of its milestone's team may move this work "
        "package."
    ),
)
