"""Who may do what in a plan. A check raises a sentence; its twin answers yes or no."""

from typing import TYPE_CHECKING

from apps.plans.models import Membership, Plan, Role

if TYPE_CHECKING:
    from apps.people.models import User

PRECEDENCE = {role: rank for rank, role in enumerate(Role.values)}


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
