"""What a plan file holds, read and checked: frozen, texts in one language, days as dates.

Every field carries the kind of value it takes and one line of documentation; the reader, the
JSON Schema and the table in docs/plan-file.md are made from them.
"""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.planfile.domain.calendar import MAX_MONTHS, Edge
from apps.planfile.domain.kinds import Choice, Day, Email, Key, Number, Slug, Text, Whole, Zone
from apps.planfile.domain.spec import entries, entry, value, values
from apps.planfile.domain.words import (
    CalendarDays,
    Direction,
    Language,
    LinkKind,
    Role,
    Strategy,
    Tier,
)

_STARTS, _ENDS = Day(Edge.START), Day(Edge.FINISH)
_LONG = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working days, when not every day counts."""

    days: CalendarDays = value(Choice(CalendarDays), "Which days count.", required=True)
    holidays: tuple[date, ...] = values(_STARTS, "Days from Monday to Friday that are not worked.")
    make_up_days: tuple[date, ...] = values(_STARTS, "Saturdays and Sundays that are worked.")

    @property
    def is_working(self) -> bool:
        """True when only working days count."""
        return self.days is CalendarDays.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The plan itself."""

    key: str = value(Slug(), "Short name, part of the address of every page.", required=True)
    name: str = value(Text(), "Name.", required=True)
    months: int = value(Whole(1, MAX_MONTHS), "Length in months.", required=True)
    description: str = value(Text(_LONG), "Principles, ambition, what to know.", default="")
    time_zone: str = value(
        Zone(), "IANA time zone in which the plan's days begin; UTC if absent.", default="UTC"
    )
    calendar: Calendar | None = entry(Calendar, "Which days count; all days if absent.")
    check_in_days: int = value(
        Whole(1, 366),
        "Days between two check-ins, which is also the grace; 7 if absent.",
        default=7,
    )
    minimum_reference_days: int = value(
        Whole(1, 365), "Shortest duration that a delay is measured against; 1 if absent.", default=1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the plan."""

    number: int = value(Whole(1, 99), "Number, by which milestones name it.", required=True)
    name: str = value(Text(120), "Name.", required=True)
    from_: date = value(_STARTS, "First day.", required=True)
    to: date = value(_ENDS, "Last day.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team in one of three tiers; its lead is the person with the role `lead` and this team."""

    key: str = value(Slug(), "Short name.", required=True)
    name: str = value(Text(120), "Name.", required=True)
    tier: Tier = value(Choice(Tier), "Tier.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a role in the plan."""

    key: str = value(Slug(), "User name.", required=True)
    name: str = value(Text(120), "Full name.", required=True)
    email: str = value(Email(), "Mail address.", required=True)
    role: Role = value(Choice(Role), "Role in the plan.", required=True)
    team: str | None = value(Key("teams"), "Team; a lead must have one.")
    locale: Language | None = value(
        Choice(Language), "Language of pages and mails; the loaded language if absent."
    )


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

    key: str = value(Slug(), "Short name, unique in the whole file.", required=True)
    name: str = value(Text(), "Name.", required=True)
    unit: str = value(Text(40), "Unit, such as % or CNY.", default="")
    direction: Direction = value(
        Choice(Direction), "What it is meant to do; increase if absent.", default=Direction.INCREASE
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
    at_least: Decimal | None = value(Number(), "Lower bound of keep_at_least and keep_within.")
    at_most: Decimal | None = value(Number(), "Upper bound of keep_at_most and keep_within.")
    milestones: tuple[str, ...] = values(
        Key("milestones"), "Milestones whose accepted share (%) is the value of milestone_driven."
    )
    weight: Decimal | None = value(
        Number("0.001", "9999", decimals=3),
        "Weight inside the objective; an equal share if absent.",
    )
    owner: str | None = value(Key("people"), "Person who checks in.")
    team: str | None = value(Key("teams"), "Team; the owner's if absent.")
    note: str = value(Text(_LONG), "Anything a reader must know.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is to be reached, measured by its key results."""

    key: str = value(Slug(), "Short name.", required=True)
    name: str = value(Text(), "Name.", required=True)
    description: str = value(Text(_LONG), "What success looks like.", default="")
    team: str | None = value(Key("teams"), "Team that answers for it.")
    owner: str | None = value(Key("people"), "Person who answers for it.")
    key_results: tuple[KeyResult, ...] = entries(KeyResult, "Its key results.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The key result that decides whether a milestone is reached."""

    key_result: str = value(Key("key_results"), "Key result.", required=True)
    at_least: Decimal | None = value(Number(), "Reached at this value or above.")
    at_most: Decimal | None = value(Number(), "Reached at this value or below.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day on which something must be accepted."""

    key: str = value(Key(), "Short name; tasks and milestones share one set.", required=True)
    name: str = value(Text(), "Name.", required=True)
    due: date = value(_ENDS, "Day it is due, inside its phase.", required=True)
    phase: int = value(Whole(1, 99), "Number of its phase.", required=True)
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
    """A level of the work breakdown above the tasks."""

    key: str = value(Key(limit=30), "WBS number, such as 1 or 1.2.", required=True)
    name: str = value(Text(), "Name.", required=True)
    milestone: str | None = value(Key("milestones"), "Milestone its tasks lead to.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work, in the work package whose number begins its own (1.2.3 in 1.2)."""

    key: str = value(Key(limit=30), "WBS number, such as 1.2.3.", required=True)
    name: str = value(Text(), "Name.", required=True)
    start: date = value(_STARTS, "First day of work.", required=True)
    finish: date = value(_ENDS, "Last day of work.", required=True)
    owner: str | None = value(Key("people"), "The one person responsible.")
    team: str | None = value(Key("teams"), "Team; the owner's if absent.")
    milestone: str | None = value(
        Key("milestones"), "Milestone it serves; linked to it FS unless `links` says otherwise."
    )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCategory:
    """A heading of the risk register."""

    key: str = value(Slug(), "Short name.", required=True)
    name: str = value(Text(120), "Name.", required=True)
    monitoring: str = value(Text(300), "How its risks are watched.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threatens:
    """What a risk would hit."""

    milestones: tuple[str, ...] = values(Key("milestones"), "Milestones.")
    key_results: tuple[str, ...] = values(Key("key_results"), "Key results.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is done about a risk."""

    strategy: Strategy = value(Choice(Strategy), "Kind of response.", required=True)
    text: str = value(Text(500), "What is done.", required=True)
    owner: str | None = value(Key("people"), "Person who does it.")
    due: date | None = value(_ENDS, "Day by which it is done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Something that may go wrong."""

    key: str = value(Slug(), "Short name.", required=True)
    name: str = value(Text(), "Name.", required=True)
    category: str = value(Key("risk_categories"), "Category.", required=True)
    description: str = value(Text(_LONG), "More about it.", default="")
    indicator: str = value(Text(300), "What shows that it is coming.", default="")
    responses: tuple[Response, ...] = entries(Response, "Responses.")
    owner: str | None = value(Key("people"), "Person who watches it.")
    probability: int | None = value(
        Whole(1, 5), "From 1 (rare) to 5; absent together with impact = not rated yet."
    )
    impact: int | None = value(
        Whole(1, 5), "From 1 (light) to 5; absent together with probability = not rated yet."
    )
    threatens: Threatens | None = entry(Threatens, "What it would hit.")
    review_days: int | None = value(Whole(1, 400), "Days between two reviews.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """The whole file."""

    format: int = value(Whole(1, 999), "Version of this format: 1.", required=True)
    plan: Head = entry(Head, "The plan itself.", required=True)
    phases: tuple[Phase, ...] = entries(Phase, "Phases, in order, without overlap.", required=True)
    teams: tuple[Team, ...] = entries(Team, "Teams.")
    people: tuple[Person, ...] = entries(Person, "People.", required=True)
    objectives: tuple[Objective, ...] = entries(Objective, "Objectives with their key results.")
    milestones: tuple[Milestone, ...] = entries(Milestone, "Milestones.")
    work_packages: tuple[WorkPackage, ...] = entries(
        WorkPackage, "Levels of the work breakdown above the tasks."
    )
    tasks: tuple[Task, ...] = entries(Task, "Tasks.")
    links: tuple[Link, ...] = entries(Link, "Dependencies.")
    risk_categories: tuple[RiskCategory, ...] = entries(RiskCategory, "Headings of the register.")
    risks: tuple[Risk, ...] = entries(Risk, "Risks.")
    start: date = date.min
    """First day of the plan, given when the file is loaded."""
    language: str = "en"
    """Language the texts were read in."""

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """All key results, in the order of the file."""
        return tuple(kr for objective in self.objectives for kr in objective.key_results)
