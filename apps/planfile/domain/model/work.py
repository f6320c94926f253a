"""Milestones, work packages, tasks and links."""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.planfile.domain.calendar import Edge
from apps.planfile.domain.kinds import Choice, Day, Key, Number, Text, Whole
from apps.planfile.domain.spec import entry, value, values
from apps.plans.engine.links import LinkKind

_STARTS, _ENDS = Day(Edge.START), Day(Edge.FINISH)
_LONG = 4000
_OWN, _PLACE, _NUMBER = Key(), Key("places"), Whole(1, 99)
_OWN_DOC = "Short name for ever; milestones, work packages and tasks share one set."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The key result that decides whether a milestone is reached."""

    key_result: str = value(Key("key_results"), "Key result.", required=True)
    at_least: Decimal | None = value(Number(), "Reached at this value or above.")
    at_most: Decimal | None = value(Number(), "Reached at this value or below.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day on which something must be accepted."""

    key: str = value(_OWN, _OWN_DOC, required=True)
    name: str = value(Text(), "Name.", required=True)
    due: date = value(_ENDS, "Day it is due, inside its phase.", required=True)
    phase: int = value(_NUMBER, "Number of its phase.", required=True)
    from_: date | None = value(
        _STARTS, "Day its reference duration starts; the earliest start of what feeds it if absent."
    )
    owner: str | None = value(Key("people"), "Person who answers for it.")
    team: str | None = value(Key("teams"), "Team; the owner's if absent.")
    acceptance: tuple[str, ...] = values(Text(500), "What must hold for it to be accepted.")
    measured_by: Measure | None = entry(Measure, "Key result that measures it.")
    description: str = value(Text(_LONG), "More about it.", default="")
    reserve: str = value(
        Text(200), "What is kept back for it, such as a part of its budget.", default=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPackage:
    """A group of tasks and of other work packages."""

    key: str = value(_OWN, _OWN_DOC, required=True)
    name: str = value(Text(), "Name.", required=True)
    in_: str | None = value(_PLACE, "Milestone or work package that it hangs below.")
    phase: int | None = value(_NUMBER, "Number of the phase, when it hangs right below one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work. The milestone above it waits for it (FS) unless `links` says otherwise."""

    key: str = value(_OWN, _OWN_DOC, required=True)
    name: str = value(Text(), "Name.", required=True)
    in_: str | None = value(_PLACE, "Milestone or work package that it hangs below.")
    phase: int | None = value(_NUMBER, "Number of the phase, when it hangs right below one.")
    start: date = value(_STARTS, "First day of work.", required=True)
    finish: date = value(_ENDS, "Last day of work.", required=True)
    owner: str | None = value(Key("people"), "The one person responsible.")
    team: str | None = value(Key("teams"), "Team; the owner's if absent.")
    description: str = value(Text(_LONG), "More about it.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A dependency between two tasks or milestones."""

    from_: str = value(Key("items"), "Task or milestone that comes first.", required=True)
    to: str = value(Key("items"), "Task or milestone that waits.", required=True)
    kind: LinkKind = value(
        Choice(LinkKind),
        "FS, SS, FF or SF: finish or start of the first, then of the second; FS if absent.",
        default=LinkKind.FS,
    )
    lag: int = value(Whole(-3650, 3650), "Days between the two; 0 if absent.", default=0)
    is_implied: bool = False
    """Not in the file: it follows from where the task hangs."""
