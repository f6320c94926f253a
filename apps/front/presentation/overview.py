"""The plan page in words: where the plan stands, and what this reader should see first."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.front.selectors.overview import Counts
from apps.plans.models import Membership, Phase, Plan, Role
from apps.plans.selectors.phases import current_phase, plan_axis


def position_words(plan: Plan, phases: Sequence[Phase], today: dt.date) -> str:
    """Where in the plan today is."""
    axis = plan_axis(plan, phases)
    phase = current_phase(phases, today)
    if phase is None:
        return ""
    if today < axis.start:
        return ngettext(
            "It starts in %(days)s day", "It starts in %(days)s days", (axis.start - today).days
        ) % {"days": (axis.start - today).days}
    if today > axis.finish:
        return _("It has ended")
    month = sum(1 for tick in axis.months() if tick.on <= today)
    return _("Phase %(number)s of %(phases)s, %(name)s · month %(month)s of %(months)s") % {
        "number": phase.number,
        "phases": len(phases),
        "name": phase.name,
        "month": month,
        "months": plan.months,
    }


def led_team_ids(roles: Sequence[Membership]) -> list[int] | None:
    """The teams whose late items come first for a team lead; None: everybody's."""
    if roles and roles[0].role == Role.LEAD:
        return [member.team_id for member in roles if member.team_id is not None]
    return None


def first_words(roles: Sequence[Membership], counts: Counts, causes: int) -> str:
    """What stands above the list of what is late."""
    if led_team_ids(roles) is not None:
        if not causes:
            return _("Nothing of your team is late.")
        return _("What makes your team's items late, the worst first")
    if not counts.late:
        return _("Nothing is late.")
    return ngettext(
        "%(late)s item is late; this is why, the worst first",
        "%(late)s items are late; this is why, the worst first",
        counts.late,
    ) % {"late": counts.late}
