"""A phase or an objective: the latest of its members, with its own planned duration.

Levels are never averaged. Formula source: docs/delay.md, "Roll-ups".
"""

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from apps.plans.engine.forms import Form
from apps.plans.engine.levels import reference_duration

K = TypeVar("K", bound=Hashable)


class Member(NamedTuple, Generic[K]):
    """A member of a roll-up: key, form after propagation, planned finish, duration in days."""

    key: K
    form: Form
    planned_finish: int
    duration: int


def worst_member(
    members: Iterable[Member[K]], day: int, minimum_reference: int = 1
) -> Member[K] | None:
    """Member with the greatest delay share on ``day`` (then days, then the first); None if none."""

    def lateness(member: Member[K]) -> tuple[Fraction, int]:
        days = member.form.at(day) - member.planned_finish
        return Fraction(days, reference_duration(member.duration, minimum_reference)), days

    return max(members, key=lateness, default=None)
