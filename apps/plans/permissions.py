"""Who may do what in a plan. A check raises a sentence; its twin answers yes or no."""

from typing import TYPE_CHECKING

from apps.plans.models import Membership, Plan, Role

if TYPE_CHECKING:
    from apps.people.models import User

PRECEDENCE = {role: rank for rank, role in enumerate(Role.values)}


def roles_in(plan: Plan, user: "User") -> list[Membership]:
    """The person's memberships in the plan, the strongest role first; empty for strangers."""
    memberships = Membership.objects.filter(plan=plan, user=user).select_related("team")
    return sorted(memberships, key=lambda membership: PRECEDENCE[membership.role])
