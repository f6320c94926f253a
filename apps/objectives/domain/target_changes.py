"""What a request to change a dated target of a key result asks for. No Django."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from apps.objectives.domain.days import day_problems
from apps.outbox.domain.payload import Payload
from apps.plans.engine.errors import PlanRuleError, gettext_noop

# the name of these requests in the register of apps/approvals
TARGET_CHANGE = "target_change"
TARGETS_MOST = 6
AT_DAY = frozenset(
    {"trajectory.days_not_rising", "target.day_taken", "target.day_given_up", "day.out_of_range"}
)
AT_VALUE = frozenset({"trajectory.missing_value", "trajectory.against_direction"})


class ChangeKind(StrEnum):
    MOVE = "move"
    ADD = "add"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedTarget:
    """A value (None where the measure has bounds or is done or not) and its day."""

    value: Decimal | None
    due_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange(Payload):
    """A request to move, add or give up a target.

    A further target has no ``old``, and no ``target_id`` before it is approved; one that is given
    up has no ``new``. Raises ValueError for anything else.
    """

    kind: str
    target_id: int | None
    old: DatedTarget | None
    new: DatedTarget | None

    def __post_init__(self) -> None:
        kind = ChangeKind(self.kind)
        is_right = (self.old is None) == (kind is ChangeKind.ADD)
        is_right &= (self.new is None) == (kind is ChangeKind.DROP)
        if not is_right or (self.target_id is None and kind is not ChangeKind.ADD):
            raise ValueError(f"This is not what a request to {kind} says.")

    def about(self, key_result_id: int) -> str:
        """What only one request may wait for: a target, or the day of one that is not there yet."""
        if self.target_id is not None:
            return f"target:{self.target_id}"
        assert self.new is not None  # noqa: S101 - what is not there is not given up
        return f"key_result:{key_result_id}:{self.new.due_on}"

    def problems(self) -> list[PlanRuleError]:
        """What stands against it whatever the key result is; empty when all is well."""
        found = [] if self.new is None else day_problems(self.new.due_on)
        if self.old == self.new:
            found.append(
                PlanRuleError(
                    "target.unchanged",
                    gettext_noop(
                        "Neither the value nor the date differs from the target in force."
                    ),
                )
            )
        return found


def field_of(error: PlanRuleError) -> str | None:
    """The field that a refusal speaks of, where it speaks of one."""
    if error.code in AT_DAY:
        return "due_on"
    return "value" if error.code in AT_VALUE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a key result is measured, as far as a target's words need it."""

    kind: str
    unit: str
    lower_bound: Decimal | None
    upper_bound: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts(Payload):
    """What a message keeps of a request, and of the targets that are not met yet."""

    measure: Measure
    asked: TargetChange
    in_force: tuple[DatedTarget, ...]
    in_force_more: int
