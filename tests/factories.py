"""Small data for tests. Items are made by the services, so that forecasts and levels are real."""

import datetime as dt
from typing import Any

import factory

from apps.milestones.models import Task
from apps.milestones.services.outline import tree_refresh
from apps.milestones.services.tasks import TaskProgress, task_create, task_report
from apps.people.models import User
from apps.plans.models import Item, ItemKind, LinkKind, Phase, Plan, Team, Tier
from apps.plans.services import plan_change
from apps.plans.services.items import item_create
from apps.plans.services.links import link_create

FIRST_DAY = dt.date(2026, 1, 1)


def day(number: int) -> dt.date:
    """Day of the plan: 1 is 1 January 2026."""
    return FIRST_DAY + dt.timedelta(days=number - 1)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person with an address of their own."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"


class PlanFactory(factory.django.DjangoModelFactory[Plan]):
    """Three years from 1 January 2026."""

    class Meta:
        model = Plan

    key = factory.Sequence(lambda n: f"plan-{n}")
    name = "Three-year growth"
    start_on = FIRST_DAY
    months = 36
    time_zone = "Asia/Shanghai"


class PhaseFactory(factory.django.DjangoModelFactory[Phase]):
    """The first year of the plan."""

    class Meta:
        model = Phase

    plan = factory.SubFactory(PlanFactory)
    number = 1
    name = "Foundation"
    start_on = FIRST_DAY
    finish_on = dt.date(2026, 12, 31)


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    """A business unit."""

    class Meta:
        model = Team

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda n: f"team-{n}")
    name = factory.Sequence(lambda n: f"Team {n}")
    tier = Tier.BUSINESS_UNIT


def signer() -> User:
    """Who signs what the tests change."""
    user, _is_new = User.objects.get_or_create(
        username="signer", defaults={"display_name": "Sue Signer", "is_system": True}
    )
    return user


def make_item(plan: Plan, key: str, start: int, finish: int, *, on: int = 1, **values: Any) -> Item:
    """An item of the plan from one day to another, created on day ``on``; a task by default."""
    kind, below = values.pop("kind", ItemKind.TASK), values.pop("parent", None)
    name = values.pop("name", f"Item {key}")
    item = Item(kind=kind, key=key, name=name, start_on=day(start), finish_on=day(finish), **values)
    with plan_change(plan=plan, by=signer(), reason="test", on=day(on)) as change:
        if kind == ItemKind.TASK:
            parent = below or Phase.objects.filter(plan=plan).first()
            task_create(change=change, item=item, parent=parent or PhaseFactory.create(plan=plan))
            tree_refresh(change=change)
        else:
            item.is_point = kind == ItemKind.MILESTONE
            item_create(change=change, item=item)
    item.refresh_from_db()
    return item


def link(before: Item, after: Item, *, on: int = 1, kind: LinkKind = LinkKind.FS) -> None:
    """``after`` depends on ``before``."""
    with plan_change(plan=before.plan, by=signer(), reason="test", on=day(on)) as change:
        link_create(change=change, predecessor=before, successor=after, kind=kind)


def report(item: Item, on: int, **progress: Any) -> None:
    """What the owner of a task reports at the end of day ``on`` and enters that day."""
    with plan_change(plan=item.plan, by=signer(), reason="test", on=day(on + 1)) as change:
        task = Task.objects.select_related("item").get(pk=item.pk)
        task_report(change=change, task=task, progress=TaskProgress(for_on=day(on), **progress))
