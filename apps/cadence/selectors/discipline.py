"""How reliably a plan's updates come: per person, per team and in all, week by week."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, TruncWeek

from apps.cadence.domain.discipline import Tally, tally_of, total, weeks_until
from apps.cadence.models import Duty
from apps.people.models import User
from apps.plans.models import Item, ItemKind, Plan, Team

WEEKS = 12
KINDS = PLAN, TEAM, PERSON = "plan", "team", "person"


class Group(NamedTuple):
    """Whom a line is about; ``pk`` 0 stands for the plan."""

    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: all duties of the weeks, each week's, and how many items are silent today.

    ``kind`` and ``key`` say whose: the plan's or a team's key, a person's user name.
    """

    kind: str
    key: str
    name: str
    tally: Tally
    weeks: Sequence[Tally]
    silent: int


@dataclass(frozen=True, slots=True)
class Discipline:
    """The lines of a plan; ``weeks`` are their Mondays, oldest first."""

    weeks: Sequence[dt.date]
    plan: Line
    teams: Sequence[Line]
    people: Sequence[Line]

    @property
    def lines(self) -> list[Line]:
        """The plan's, the teams' and the people's, in this order."""
        return [self.plan, *self.teams, *self.people]


def read_discipline(plan: Plan, today: dt.date) -> Discipline:
    """The last weeks, this one included: four queries, whatever the number of duties.

    A duty counts for the delegate when one answered for it, and in the team of its item.
    """
    weeks = weeks_until(today, WEEKS)
    tallies = _tallies(plan, weeks)
    silent = _silent(plan, today)
    groups = tallies.keys() | silent.keys()
    users = User.objects.in_bulk([group.pk for group in groups if group.kind == PERSON])
    teams = Team.objects.in_bulk([group.pk for group in groups if group.kind == TEAM])

    def line(group: Group, key: str, name: str) -> Line:
        by_week = tallies.get(group, {})
        cells = [by_week.get(week, Tally()) for week in weeks]
        return Line(group.kind, key, name, total(cells), cells, silent.get(group, 0))

    ordered_teams = sorted(teams.values(), key=lambda team: (team.tier, team.position, team.pk))
    return Discipline(
        weeks=weeks,
        plan=line(Group(PLAN, 0), plan.key, plan.name),
        teams=[line(Group(TEAM, team.pk), team.key, team.name) for team in ordered_teams],
        people=worst_first(
            line(Group(PERSON, pk), user.username, str(user)) for pk, user in users.items()
        ),
    )


def worst_first(lines: Iterable[Line]) -> list[Line]:
    """The lowest rate first, then the most missed; without a rate last."""

    def rank(line: Line) -> tuple[bool, float, int, str]:
        rate = line.tally.rate
        return rate is None, float(rate or 0), -line.tally.missed, line.name

    return sorted(lines, key=rank)


def _tallies(plan: Plan, weeks: Sequence[dt.date]) -> dict[Group, dict[dt.date, Tally]]:
    """Counts by group and week (one query)."""
    rows = (
        Duty.objects.filter(
            plan=plan, due_on__gte=weeks[0], due_on__lt=weeks[-1] + dt.timedelta(weeks=1)
        )
        .order_by()
        .annotate(
            person=Coalesce("delegate", "owner"),
            team=Coalesce("key_result__team", "task__item__team"),
            week=TruncWeek("due_on"),
        )
        .values_list("person", "team", "week", "state")
        .annotate(count=Count("pk"))
    )
    found: dict[Group, dict[dt.date, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for person, team, week, state, count in rows:
        tally = tally_of(state, count, is_owned=person is not None)
        for group in _groups(person, team):
            found[group][week] += tally
    return found


def _silent(plan: Plan, today: dt.date) -> dict[Group, int]:
    """Items that nobody has reported on for longer than the grace (one query)."""
    rows = (
        Item.objects.silent(today)
        .filter(plan=plan, kind__in=[ItemKind.TASK, ItemKind.TARGET], is_projection=False)
        .filter(Q(target=None) | Q(target__key_result__objective__closed_on=None))
        .order_by()
        .values_list("owner", "team")
        .annotate(count=Count("pk"))
    )
    found: dict[Group, int] = defaultdict(int)
    for owner, team, count in rows:
        for group in _groups(owner, team):
            found[group] += count
    return found


def _groups(person: int | None, team: int | None) -> list[Group]:
    """The lines in which something counts."""
    groups = [Group(PLAN, 0)]
    if team is not None:
        groups.append(Group(TEAM, team))
    if person is not None:
        groups.append(Group(PERSON, person))
    return groups
