"""Objectives, key results and their dated targets."""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.planfile.domain.calendar import Edge
from apps.planfile.domain.kinds import Choice, Day, Key, Number, Text
from apps.planfile.domain.spec import entries, value, values
from apps.plans.domain import Cadence
from apps.plans.engine.key_results import KeyResultKind

_STARTS, _ENDS = Day(Edge.START), Day(Edge.FINISH)
_LONG = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A dated point of a key result."""

    due: date = value(_ENDS, "Day by which the value is to be reached.", required=True)
    value: Decimal | None = value(
        Number(), "Value to reach; absent for binary and keep_… key results."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """A measure with dated targets or fixed bounds."""

    key: str = value(Key(), "Short name, unique in the whole file.", required=True)
    name: str = value(Text(), "Name.", required=True)
    unit: str = value(Text(40), "Unit, such as % or CNY.", default="")
    direction: KeyResultKind = value(
        Choice(KeyResultKind),
        "What it is meant to do; increase if absent.",
        default=KeyResultKind.INCREASE,
    )
    baseline: Decimal | None = value(
        Number(), "Value at the start; absent (or ~) when it is still to be measured."
    )
    baseline_on: date | None = value(
        _ENDS, "Day the baseline was measured; the day before the plan starts if absent."
    )
    targets: tuple[Target, ...] = entries(
        Target, "Dated targets, in order; without any, keep_… is checked at the end of each phase."
    )
    milestones: tuple[str, ...] = values(
        Key("milestones"),
        "Milestones that count, for the direction milestones: their accepted share is the value.",
    )
    at_least: Decimal | None = value(Number(), "Lower bound of keep_at_least and keep_within.")
    at_most: Decimal | None = value(Number(), "Upper bound of keep_at_most and keep_within.")
    weight: Decimal | None = value(
        Number("0.001", "9999", decimals=3),
        "Weight inside the objective; an equal share if absent.",
    )
    owner: str | None = value(Key("people"), "Person who checks in.")
    team: str | None = value(Key("teams"), "Team; the owner's if absent.")
    cadence: Cadence | None = value(
        Choice(Cadence), "How often its value is asked for; as the plan says if absent."
    )
    note: str = value(Text(_LONG), "Anything a reader must know.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is to be reached, measured by its key results."""

    key: str = value(Key(), "Short name.", required=True)
    name: str = value(Text(), "Name.", required=True)
    description: str = value(Text(_LONG), "What success looks like.", default="")
    team: str | None = value(Key("teams"), "Team that answers for it.")
    owner: str | None = value(Key("people"), "Person who answers for it.")
    key_results: tuple[KeyResult, ...] = entries(KeyResult, "Its key results.")
