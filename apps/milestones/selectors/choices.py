"""What the filters of milestones and tasks offer."""

from django.utils.translation import gettext_lazy as _

from apps.core.forms.filters import Choice
from apps.core.ui.badges import BADGES
from apps.milestones.models import Milestone
from apps.people.models import User
from apps.plans.engine.levels import WORST_FIRST
from apps.plans.models import ItemKind, Plan

LEVEL_CHOICES: list[Choice] = [
    ("late", _("Late: yellow or worse")),
    *((key, BADGES[key].word) for key in WORST_FIRST),
]
STATE_CHOICES: list[Choice] = [
    (key, BADGES[key].word)
    for key in ("open", "silent", "no_owner", "paused", "finished", "cancelled")
]
NOBODY, MYSELF = "none", "me"


def owner_choices(plan: Plan, kind: ItemKind) -> list[Choice]:
    """People who own items of this kind (one query), with "mine" and "no owner" first."""
    owners = User.objects.filter(items__plan=plan, items__kind=kind).distinct()
    named = [(row.username, str(row)) for row in owners.order_by("display_name")]
    return [(MYSELF, _("Me")), (NOBODY, _("No owner")), *named]


def phase_choices(plan: Plan) -> list[Choice]:
    """Phases by number (one query)."""
    rows = plan.phases.values_list("number", "name")
    return [(str(number), f"{number}. {name}") for number, name in rows]


def team_choices(plan: Plan) -> list[Choice]:
    """Teams by tier (one query)."""
    return list(plan.teams.values_list("key", "name"))


def milestone_choices(plan: Plan) -> list[Choice]:
    """Milestones by due day (one query)."""
    rows = Milestone.objects.filter(item__plan=plan).order_by("item__finish_on", "pk")
    return list(rows.values_list("item__key", "item__name"))


def milestone_list_choices(plan: Plan) -> dict[str, list[Choice]]:
    """What the milestone list can be filtered by."""
    return {
        "phase": phase_choices(plan),
        "level": LEVEL_CHOICES,
        "owner": owner_choices(plan, ItemKind.MILESTONE),
        "state": STATE_CHOICES,
    }


def task_choices(plan: Plan) -> dict[str, list[Choice]]:
    """What the task list can be filtered by."""
    return {
        "milestone": milestone_choices(plan),
        "phase": phase_choices(plan),
        "team": team_choices(plan),
        "owner": owner_choices(plan, ItemKind.TASK),
        "level": LEVEL_CHOICES,
        "state": STATE_CHOICES,
    }
