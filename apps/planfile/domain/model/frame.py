"""The plan itself, its calendar, phases, teams and people."""
# ruff: noqa: RUF009  value(…) and the like are field specifiers: they make dataclasses.field(…)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.languages import Language
from apps.planfile.domain.calendar import MAX_MONTHS, Edge
from apps.planfile.domain.kinds import Choice, Day, Email, Key, Text, Whole, Zone
from apps.planfile.domain.spec import entry, value, values
from apps.planfile.domain.words import TIERS, CalendarDays
from apps.plans.domain import Cadence, Role, Tier

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

    key: str = value(Key(), "Short name, part of the address of every page.", required=True)
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
    cadence: Cadence = value(
        Choice(Cadence), "How often values are asked for.", default=Cadence.WEEKLY
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

    key: str = value(Key(), "Short name.", required=True)
    name: str = value(Text(120), "Name.", required=True)
    tier: Tier = value(Choice(TIERS), "Tier.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a role in the plan."""

    key: str = value(Key(), "User name.", required=True)
    name: str = value(Text(120), "Full name.", required=True)
    email: str = value(Email(), "Mail address.", required=True)
    role: Role = value(Choice(Role), "Role in the plan.", required=True)
    team: str | None = value(Key("teams"), "Team; a lead must have one.")
    locale: Language | None = value(
        Choice(Language), "Language of pages and mails; the loaded language if absent."
    )
