"""Who may do what in a plan: what rules are made of, and a person's roles.

An app declares its rules in its own permissions.py, each once: verb, noun, who may, and the
sentence for all others. The check raises that sentence; its twin answers yes or no.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from apps.core.permissions import Entry, declare, declare_open
from apps.people.models import User
from apps.plans.models import Membership, Plan, Role

PRECEDENCE = {role.value: rank for rank, role in enumerate(Role)}
STEWARDS = frozenset({Role.ADMIN.value, Role.PMO.value})

Roles = Sequence[Membership]
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Owned(Protocol):
    """Something with an owner and a team."""

    @property
    def owner_id(self) -> int | None: ...

    @property
    def team_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Who(Generic[T_contra]):
    """People by what they are to a thing; asked only of those who have a role in the plan."""

    words: str
    is_met: Callable[[User, Roles, T_contra], bool]


def has(role: Role, roles: Roles) -> bool:
    return any(membership.role == role for membership in roles)


ADMIN: Who[object] = Who("administrator", lambda user, roles, thing: has(Role.ADMIN, roles))
PMO: Who[object] = Who("PMO", lambda user, roles, thing: has(Role.PMO, roles))
ANY_LEAD: Who[object] = Who("lead of a team", lambda user, roles, thing: bool(led_teams(roles)))
LEAD: Who[Owned] = Who(
    "lead of its team", lambda user, roles, thing: thing.team_id in led_teams(roles)
)
OWNER: Who[Owned] = Who("its owner", lambda user, roles, thing: thing.owner_id == user.pk)


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """Anybody out of ``who`` may; nobody without a role in the plan."""

    who: tuple[Who[T], ...]
    refusal: Promise

    def can(self, user: User, roles: Roles, thing: T) -> bool:
        """Whether the person may; asks one ``who`` after the other, until one is met."""
        return bool(roles) and any(one.is_met(user, roles, thing) for one in self.who)

    def check(self, user: User, roles: Roles, thing: T) -> None:
        """Raises PermissionDenied with the sentence."""
        if not self.can(user, roles, thing):
            raise PermissionDenied(str(self.refusal))


Can = Callable[[User, Roles, T], bool]
CheckCan = Callable[[User, Roles, T], None]


def rule(
    verb: str, noun: str, *, of: type[T], who: tuple[Who[T], ...], refusal: Promise
) -> tuple[Can[T], CheckCan[T]]:
    """Declare a rule: ``can_…`` and ``check_can_…`` in one. ``of``: what both are asked about."""
    made: Rule[T] = Rule(who, refusal)
    declare(Entry(verb, noun, tuple(one.words for one in who), refusal))
    return made.can, made.check


declare_open("see", "plan and all that is in it", ["every member of the plan"])
declare_open("see", "own plans and the description of the API", ["whoever is signed in"])
declare_open(
    "administer", "accounts, roles, teams and holidays", ["administrator of the site (staff)"]
)


def is_steward(roles: Roles) -> bool:
    """Whether the person keeps the whole plan: administrator or PMO."""
    return any(membership.role in STEWARDS for membership in roles)


def led_teams(roles: Roles) -> frozenset[int]:
    """Ids of the teams that the person leads."""
    return frozenset(
        membership.team_id
        for membership in roles
        if membership.role == Role.LEAD and membership.team_id is not None
    )


def memberships_of(user: User) -> list[Membership]:
    """The person's memberships in living plans, with plan and team, the strongest role first."""
    memberships = Membership.objects.filter(user=user, plan__archived_at=None)
    return sorted(
        memberships.select_related("plan", "team"),
        key=lambda membership: PRECEDENCE[membership.role],
    )


def roles_in(plan: Plan, user: User) -> list[Membership]:
    """The person's roles in the plan, the strongest first."""
    return [row for row in memberships_of(user) if row.plan_id == plan.pk]
