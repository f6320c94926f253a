"""The plan's own fields, its calendar, phases, teams and people."""

from __future__ import annotations

import datetime as dt

from django.db.models import ProtectedError

from apps.people.models import User
from apps.planfile.domain.differences import Action
from apps.planfile.domain.records import Fields, RecordKind
from apps.planfile.services.context import Load, assign
from apps.plans.models import CalendarDay, Membership, Phase, Plan, Role, Team
from apps.plans.selectors.calendars import plan_calendar

RECKONING = {"has_working_calendar", "grace_days", "minimum_reference_days"}


def write_frame(load: Load) -> None:
    """Everything that the items of the plan refer to."""
    write_plan(load)
    write_phases(load)
    write_teams(load)
    write_people(load)


def write_plan(load: Load) -> None:
    """Name, rules and calendar. What changes the reckoning makes every item be judged anew."""
    is_reckoned = False
    for found in load.of(RecordKind.PLAN, Action.CHANGED):
        assign(load.plan, load.fields(found))
        load.plan.save()
        is_reckoned = bool(found.fields & RECKONING)
    for found in load.of(RecordKind.CALENDAR_DAY):
        day = dt.date.fromisoformat(found.key)
        if found.action is Action.REMOVED:
            load.plan.calendar_days.filter(day_on=day).delete()
        else:
            CalendarDay.objects.update_or_create(
                plan=load.plan, day_on=day, defaults=load.fields(found)
            )
        is_reckoned = True
    if is_reckoned:
        load.change.calendar = plan_calendar(load.plan)
        load.is_reckoned = True


def write_phases(load: Load) -> None:
    """Phases by number. One that milestones still name stays."""
    # First, because their days may go to others, and phases never overlap.
    for found in load.of(RecordKind.PHASE, Action.REMOVED):
        drop(load.phases[found.key])
    for found in load.of(RecordKind.PHASE):
        if found.action is Action.ADDED:
            number = int(found.key)
            load.phases[found.key] = Phase.objects.create(
                plan=load.plan, number=number, **load.fields(found)
            )
        elif found.action is Action.CHANGED:
            assign(load.phases[found.key], load.fields(found))
            load.phases[found.key].save()


def write_teams(load: Load) -> None:
    """Teams. One that something with a history names stays, without members."""
    for found in load.of(RecordKind.TEAM):
        if found.action is Action.ADDED and found.key not in load.teams:
            fields = load.fields(found)
            load.teams[found.key] = Team.objects.create(plan=load.plan, key=found.key, **fields)
        elif found.action is not Action.REMOVED:
            assign(load.teams[found.key], load.fields(found))
            load.teams[found.key].save()


def drop_teams(load: Load) -> None:
    """At the end, when nothing of the new file names them any more."""
    for found in load.of(RecordKind.TEAM, Action.REMOVED):
        drop(load.teams[found.key])


def write_people(load: Load) -> None:
    """Accounts (without a password) and memberships. An account that exists keeps what it has."""
    for found in load.of(RecordKind.PERSON):
        if found.action is Action.REMOVED:
            Membership.objects.filter(plan=load.plan, user__username=found.key).delete()
            continue
        fields = load.fields(found)
        membership = {name: fields.pop(name) for name in ("role", "team") if name in fields}
        if found.action is Action.CHANGED:
            assign(load.users[found.key], fields)
            load.users[found.key].save()
        elif found.key not in load.users:
            load.users[found.key] = create_user(load.plan, found.key, fields)
        if membership:
            set_membership(load, found.key)


def create_user(plan: Plan, username: str, fields: Fields) -> User:
    """An account that nobody can sign in with until a password is set."""
    user = User(username=username, time_zone=plan.time_zone, **fields)
    user.set_unusable_password()
    user.save()
    return user


def set_membership(load: Load, username: str) -> None:
    """The person's one role from the file in this plan."""
    record = load.records[RecordKind.PERSON][username]
    user, team = load.users[username], record["team"]
    Membership.objects.filter(plan=load.plan, user=user).delete()
    Membership.objects.create(
        plan=load.plan,
        user=user,
        role=Role(record["role"]),
        team=load.teams[team] if team else None,
    )


def drop(row: Phase | Team) -> None:
    """Delete a row unless something still needs it."""
    try:
        row.delete()
    except ProtectedError:
        return
