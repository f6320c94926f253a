"""Who may do what in a plan. A check raises a sentence; its twin answers yes or no."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from apps.plans.models import Membership, Plan, Role

if TYPE_CHECKING:
    from apps.people.models import User

PRECEDENCE = {role.value: rank for rank, role in enumerate(Role)}
STEWARDS = frozenset({Role.ADMIN.value, Role.PMO.value})


def is_steward(roles: Sequence[Membership]) -> bool:
    """Whether the person keeps the whole plan: administrator or PMO."""
    return any(membership.role in STEWARDS for membership in roles)


def led_teams(roles: Sequence[Membership]) -> frozenset[int]:
    """Ids of the teams that the person leads."""
    return frozenset(
        membership.team_id
        for membership in roles
        if membership.role == Role.LEAD and membership.team_id is not None
    )


def memberships_of(user: "User") -> list[Membership]:
    """The person's memberships in living plans, with plan and team, the strongest role first."""
    memberships = Membership.objects.filter(user=user, plan__archived_at=None)
    return sorted(
        memberships.select_related("plan", "team"),
        key=lambda membership: PRECEDENCE[membership.role],
    )


def roles_in(plan: Plan, user: "User") -> list[Membership]:
    """The person's roles in the plan, the strongest first."""
    return [row for row in memberships_of(user) if row.plan_id == plan.pk]
