"""Milestones with the tasks that lead to them and the criteria of their acceptance."""

from typing import Any

from apps.milestones.models import AcceptanceCriterion, Milestone, WorkPackage
from apps.milestones.services.acceptance import Marks, mark
from apps.milestones.services.milestones import milestone_create, milestones_measure
from apps.milestones.services.outline import tree_refresh
from apps.milestones.services.tasks import task_create
from apps.milestones.services.tree import Place, package_create
from apps.people.models import User
from apps.planfile.services.work import write_criteria
from apps.plans.models import Item, ItemKind, Plan
from tests.build.changes import changing, signer
from tests.build.days import day
from tests.build.plans import first_phase

OF_ITEM = ("name", "owner", "team")


def make_milestone(plan: Plan, key: str, due: int, **values: Any) -> Milestone:
    """A milestone due on a day, in the plan's first phase; ``owner``, ``team`` and ``name`` go to
    its item.
    """
    usual = {"name": f"Milestone {key}"}
    own = usual | {name: values.pop(name) for name in OF_ITEM if name in values}
    item = Item(kind=ItemKind.MILESTONE, key=key, start_on=day(due), finish_on=day(due), **own)
    with changing(plan, on=1) as change:
        milestone = milestone_create(
            change=change, item=item, milestone=Milestone(phase=first_phase(plan), **values)
        )
        milestones_measure(change=change, milestones=[milestone])
        tree_refresh(change=change)
    return milestone


def make_tasks(plan: Plan, milestone: Milestone, count: int, **values: Any) -> list[Item]:
    """Tasks 1.1.1.1 on, days 1 to 30 each, in one work package of the milestone: they drive it."""
    package = plan.work_packages.filter(key="package").first() or package_create(
        plan=plan,
        name="Package",
        key="package",
        place=Place(inside=milestone.item.key),
        by=signer(),
        reason="test",
    )
    first = plan.items.filter(kind=ItemKind.TASK).count() + 1
    items = []
    with changing(plan, on=1) as change:
        for number in range(first, first + count):
            usual = {"name": f"Task {number}", "start_on": day(1), "finish_on": day(30)}
            item = Item(kind=ItemKind.TASK, key=f"task-{number}", position=number, **usual | values)
            task_create(change=change, item=item, parent=package)
            items.append(item)
        tree_refresh(change=change)
    return items


def make_packages(above: WorkPackage, count: int) -> None:
    """Packages p0, p1, ... each below the one before, within a change that refreshes the tree."""
    for number in range(count):
        above = WorkPackage.objects.create(
            plan=above.plan, key=f"p{number}", name="P", parent=above
        )


def make_criteria(milestone: Milestone, *texts: str) -> list[AcceptanceCriterion]:
    """What must be true before the milestone is accepted, in this order; as a plan file says it."""
    write_criteria(milestone, texts)
    return list(milestone.criteria.all())


def meet(criterion: AcceptanceCriterion, on: int, by: User) -> None:
    """Somebody marks a criterion as met on a day."""
    milestone = criterion.milestone
    with changing(milestone.item.plan, on=on, by=by):
        mark(milestone, Marks([criterion.pk], [], day(on)), by)
