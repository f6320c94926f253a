"""Milestones with their tasks for tests, made by the services."""

from typing import Any

from apps.milestones.models import Milestone, WorkPackage
from apps.milestones.services.milestones import milestone_create, milestones_measure
from apps.milestones.services.outline import tree_refresh
from apps.milestones.services.tasks import task_create
from apps.plans.models import Item, ItemKind, Phase, Plan
from apps.plans.services import plan_change
from tests.factories import PhaseFactory, day, signer


def make_phase(plan: Plan) -> Phase:
    """The plan's first year."""
    found = Phase.objects.filter(plan=plan, number=1).first()
    return found or PhaseFactory.create(plan=plan)


def make_milestone(plan: Plan, key: str, due: int, **values: Any) -> Milestone:
    """A milestone due on a day of the plan; ``owner``, ``team`` and ``name`` go to its item."""
    names = {"owner", "team", "name"} & values.keys()
    own = {name: values.pop(name) for name in names}
    item = Item(kind=ItemKind.MILESTONE, key=key, start_on=day(due), finish_on=day(due))
    for name, value in {"name": f"Milestone {key}", **own}.items():
        setattr(item, name, value)
    with plan_change(plan=plan, by=signer(), reason="test", on=day(1)) as change:
        milestone = milestone_create(
            change=change, item=item, milestone=Milestone(phase=make_phase(plan), **values)
        )
        milestones_measure(change=change, milestones=[milestone])
        tree_refresh(change=change)
    return milestone


def make_tasks(plan: Plan, milestone: Milestone, count: int, **values: Any) -> list[Item]:
    """Tasks 1.1.1.1 on, days 1 to 30 each, in one work package; they drive the milestone."""
    package, _is_new = WorkPackage.objects.get_or_create(
        plan=plan, key="package", defaults={"name": "Package", "milestone": milestone}
    )
    first = Item.objects.filter(plan=plan, kind=ItemKind.TASK).count()
    items = []
    with plan_change(plan=plan, by=signer(), reason="test", on=day(1)) as change:
        for number in range(first + 1, first + count + 1):
            item = Item(kind=ItemKind.TASK, key=f"task-{number}", name=f"Task {number}")
            item.start_on, item.finish_on, item.position = day(1), day(30), number
            for name, value in values.items():
                setattr(item, name, value)
            task_create(change=change, item=item, parent=package)
            items.append(item)
        tree_refresh(change=change)
    return items
