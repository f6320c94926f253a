"""Plans with their phases and teams. In the product they come from a plan file, or the admin."""

from itertools import count
from typing import Any

from apps.plans.models import Phase, Plan, Team, Tier
from tests.build.days import day

_plans, _teams = count(), count()


def make_plan(**values: Any) -> Plan:
    """Three years from day 1, in Shanghai, counting calendar days."""
    usual = {
        "key": f"plan-{next(_plans)}",
        "name": "Three-year growth",
        "start_on": day(1),
        "months": 36,
        "time_zone": "Asia/Shanghai",
    }
    return Plan.objects.create(**usual | values)


def make_phase(plan: Plan, number: int = 1, **values: Any) -> Phase:
    """A phase of the plan; its first year by default."""
    usual = {"name": "Foundation", "start_on": day(1), "finish_on": day(365)}
    return Phase.objects.create(plan=plan, number=number, **usual | values)


def make_team(plan: Plan, **values: Any) -> Team:
    """A business unit of the plan."""
    number = next(_teams)
    usual = {"key": f"team-{number}", "name": f"Team {number}", "tier": Tier.BUSINESS_UNIT}
    return Team.objects.create(plan=plan, **usual | values)
