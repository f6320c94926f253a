"""One plan with somebody of each kind, and one thing of each kind, for the whole walk.

The key result belongs to the owner and their team; the objective above it to somebody else. A
stranger is PMO elsewhere, so that only the plan keeps them out.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from apps.alerts.services import sweep
from apps.approvals.models import ChangeRequest
from apps.cadence.models import Duty
from apps.cadence.selectors.tokens import duty_token
from apps.milestones.models import AcceptanceCriterion, Milestone
from apps.milestones.services.acceptance import Marks, milestone_accept
from apps.objectives.models import CheckIn, KeyResult, Objective
from apps.objectives.services.closing import objective_archive
from apps.outbox.models import Notification
from apps.people.models import Absence, User
from apps.plans.models import Item, Plan, Role, Team
from tests.build import (
    LAST_DAY,
    add_member,
    ask_for_more,
    check_in,
    day,
    make_absence,
    make_category,
    make_criteria,
    make_duty,
    make_item,
    make_key_result,
    make_milestone,
    make_objective,
    make_plan,
    make_risk,
    make_team,
    make_user,
    signer,
)
from tests.permissions.table import Actor

NOW = dt.datetime(2026, 3, 4, 3, tzinfo=dt.UTC)  # a Wednesday; 11:00 in Shanghai
TODAY, LAST = "2026-03-04", "2026-03-03"
MIDDLE_DAY = dt.date(2027, 12, 31)
ROLES = {
    Actor.ADMIN: Role.ADMIN,
    Actor.PMO: Role.PMO,
    Actor.LEAD: Role.LEAD,
    Actor.OTHER_LEAD: Role.LEAD,
    Actor.OWNER: Role.VIEWER,
    Actor.DELEGATE: Role.VIEWER,
    Actor.KEEPER: Role.VIEWER,
    Actor.REQUESTER: Role.VIEWER,
    Actor.EXECUTIVE: Role.EXECUTIVE,
    Actor.VIEWER: Role.VIEWER,
    Actor.INACTIVE: Role.PMO,
}


@dataclass
class World:
    """What there is. Nothing in it changes: every try is rolled back."""

    plan: Plan
    elsewhere: Plan
    team: Team
    other_team: Team
    people: dict[Actor, User]
    clients: dict[Actor, Client] = field(default_factory=dict)
    sessions: dict[Actor, str] = field(default_factory=dict)

    objective: Objective = field(init=False)
    key_result: KeyResult = field(init=False)
    check_in: CheckIn = field(init=False)
    request: ChangeRequest = field(init=False)
    milestone: Milestone = field(init=False)
    criterion: AcceptanceCriterion = field(init=False)
    task: Item = field(init=False)
    message: Notification = field(init=False)
    duties: dict[str, Duty] = field(default_factory=dict)
    absences: dict[Actor, Absence] = field(default_factory=dict)

    def browser(self, actor: Actor) -> Client:
        """A browser in which they are signed in, with nothing left of what was done before."""
        client = self.clients[actor]
        client.cookies.clear()
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return client

    def token(self, kind: str, actor: Actor) -> str:
        """The link that a mail about this duty would have for them."""
        person = self.people.get(actor)
        return "forged" if person is None else duty_token(self.duties[kind], person)


def build() -> World:
    """Everything, once for a module of tests."""
    world = World(
        plan=make_plan(key="ours"),
        elsewhere=make_plan(key="elsewhere"),
        team=Team(),
        other_team=Team(),
        people={actor: person_of(actor) for actor in Actor if actor != Actor.NOBODY},
    )
    world.team = make_team(world.plan)
    world.other_team = make_team(world.plan)
    teams = {Actor.LEAD: world.team, Actor.OTHER_LEAD: world.other_team}
    for actor, role in ROLES.items():
        person = world.people[actor]
        add_member(world.plan, person, role, team=teams.get(actor))
    stranger = world.people[Actor.STRANGER]
    add_member(world.elsewhere, stranger, Role.PMO)
    be_away(world)
    make_objectives(world)
    make_milestones(world)
    make_mail(world)
    sign_in(world)
    return world


def person_of(actor: Actor) -> User:
    """With a name by which a failing test tells who it was."""
    is_site_admin = actor == Actor.SITE_ADMIN
    person: User = make_user(
        username=actor.name.lower(),
        display_name=str(actor),
        is_staff=is_site_admin,
        is_superuser=is_site_admin,
    )
    return person


def be_away(world: World) -> None:
    """The owner is away this week, and everybody for two days of next year."""
    owner, delegate = world.people[Actor.OWNER], world.people[Actor.DELEGATE]
    make_absence(owner, 60, 70, delegate=delegate)
    for actor, person in world.people.items():
        world.absences[actor] = make_absence(person, 400, 401)


def make_objectives(world: World) -> None:
    """ "stock" of the owner; "range" of the keeper with the owner's key result; "old", archived."""
    owner, plan = world.people[Actor.OWNER], world.plan
    mine = {"owner": owner, "team": world.team}
    world.objective = make_objective(plan, "stock", **mine)
    make_key_result(world.objective, "turns", **mine)
    above = make_objective(plan, "range", owner=world.people[Actor.KEEPER])
    targets = ((MIDDLE_DAY, "55"), (LAST_DAY, "65"))
    world.key_result = make_key_result(above, "share", targets=targets, **mine)
    check_in(world.key_result, {7: "44"})
    world.check_in = CheckIn.objects.get(key_result=world.key_result)
    old = make_objective(plan, "old", **mine)
    objective_archive(objective=old, by=signer(), reason="test")
    world.request = ask_for_more(world.key_result, by=world.people[Actor.REQUESTER])


def make_milestones(world: World) -> None:
    """ "live" with an open criterion, "done" accepted, and a task; all of the owner."""
    plan = world.plan
    mine = {"owner": world.people[Actor.OWNER], "team": world.team}
    world.milestone = make_milestone(plan, "live", 90, **mine)
    (world.criterion,) = make_criteria(world.milestone, "It runs")
    done = make_milestone(plan, "done", 90, **mine)
    milestone_accept(milestone=done, by=signer(), reason="test", marks=Marks([], [], day(60)))
    world.task = make_item(plan, "1", 1, 40, name="Dig", **mine)
    category = make_category(plan)
    make_risk(category, "r1", name="R", probability=3, impact=3)


def make_mail(world: World) -> None:
    """A mail that failed, and the updates that the owner owes."""
    sweep(today=day(63))
    world.message = Notification.objects.filter(plan=world.plan)[0]
    Notification.objects.filter(pk=world.message.pk).update(state="failed", next_action_at=None)
    for kind, item in (
        ("key result", {"key_result": world.key_result}),
        ("task", {"task_id": world.task.pk}),
    ):
        world.duties[kind] = make_duty(
            world.plan,
            world.people[Actor.OWNER],
            59,
            65,
            due_at=NOW + dt.timedelta(days=2),
            closes_at=NOW + dt.timedelta(days=7),
            **item,
        )


def sign_in(world: World) -> None:
    """Everybody, in a browser each; one account is closed after that."""
    for actor in Actor:
        client = world.clients[actor] = Client()
        if actor in world.people:
            client.force_login(world.people[actor])
            world.sessions[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    User.objects.filter(pk=world.people[Actor.INACTIVE].pk).update(is_active=False)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is rolled back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_written() -> int:
    """Rows inserted, changed or deleted since the transaction began, sessions and cache left out.

    The database counts what was rolled back as well: who is refused must not even try.
    """
    counts = (f"pg_stat_get_xact_tuples_{what}(oid)" for what in ("inserted", "updated", "deleted"))
    statement = (
        f"SELECT SUM({' + '.join(counts)}) FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'public'::regnamespace "
        "AND relname NOT IN ('django_session', 'cache_entry')"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (count,) = cursor.fetchone()
    return int(count)
