"""Milestones, work packages and tasks."""

from __future__ import annotations

from graphlib import TopologicalSorter

from apps.milestones.models import AcceptanceCriterion, Milestone, Task, WorkPackage
from apps.milestones.services.calendar import plan_recompute
from apps.milestones.services.milestones import milestone_create, milestones_measure
from apps.milestones.services.tasks import task_create
from apps.milestones.services.tree import hang
from apps.planfile.domain.differences import Action, Difference
from apps.planfile.domain.records import Fields, RecordKind
from apps.planfile.selectors import PlanFileConflict, package_circle_sentence
from apps.planfile.services.context import Load, assign, item_name
from apps.planfile.services.objectives import cancel
from apps.plans.engine.links import Link, find_cycles
from apps.plans.models import Item, ItemKind, ItemState
from apps.plans.services.items import item_rebaseline, item_save

ITEM_FIELDS = {"name", "owner", "team", "position"}
DATES = {"start_on", "finish_on"}


def write_milestones(load: Load) -> None:
    """Milestones with their criteria. One that is gone from the file is cancelled."""
    for found in load.of(RecordKind.MILESTONE):
        if found.action is Action.ADDED:
            create_milestone(load, found)
        elif found.action is Action.CHANGED:
            change_milestone(load, found)
        else:
            cancel(load, load.milestones[found.key].item)


def create_milestone(load: Load, found: Difference) -> None:
    """A milestone starts and finishes on the day it is due."""
    fields = load.resolved(load.fields(found))
    criteria = fields.pop("acceptance")
    due = fields.pop("finish_on")
    mine = {name: fields.pop(name) for name in ITEM_FIELDS}
    item = Item(kind=ItemKind.MILESTONE, key=found.key, start_on=due, finish_on=due, **mine)
    row = milestone_create(change=load.change, item=item, milestone=Milestone(**fields))
    load.milestones[found.key] = row
    load.items[item_name(ItemKind.MILESTONE, found.key)] = item
    write_criteria(row, criteria)


def change_milestone(load: Load, found: Difference) -> None:
    """Only what changed in the file; a new due day is a new, signed baseline."""
    row = load.milestones[found.key]
    fields = load.resolved(load.fields(found))
    criteria = fields.pop("acceptance", None)
    due = fields.pop("finish_on", None)
    change_item(row.item, fields)
    if due is not None:
        item_rebaseline(
            change=load.change,
            item=row.item,
            start_on=due,
            finish_on=due,
            duration_days=row.item.duration_days,
        )
    assign(row, fields)
    row.save()
    if criteria is not None:
        write_criteria(row, criteria)


def change_item(item: Item, fields: Fields) -> None:
    """Move the fields that the item has from ``fields`` to it."""
    mine = {name: fields.pop(name) for name in ITEM_FIELDS & set(fields)}
    if mine:
        assign(item, mine)
        item_save(item)


def write_criteria(milestone: Milestone, texts: tuple[str, ...]) -> None:
    """The criteria in order. One that was met keeps its signature while its text stays."""
    known = {row.text: row for row in milestone.criteria.all()}
    for text, row in known.items():
        if text not in texts:
            row.delete()
    kept = [row for text, row in known.items() if text in texts]
    for row in kept:  # out of the way: positions are unique
        row.position += 10_000
        row.save()
    for position, text in enumerate(dict.fromkeys(texts)):
        criterion = known.get(text) or AcceptanceCriterion(milestone=milestone, text=text)
        criterion.position = position
        criterion.save()


def write_work_packages(load: Load) -> None:
    """Levels of the work breakdown, each after the one that it hangs below."""
    records, rows = load.records[RecordKind.WORK_PACKAGE], load.work_packages
    found = {x.key: x for x in load.of(RecordKind.WORK_PACKAGE) if x.action is not Action.REMOVED}
    parents = {key: [records[key]["parent"]] for key in found}
    for key in TopologicalSorter(parents).static_order():
        if key in found:
            row = rows.get(key) or WorkPackage(plan=load.plan, key=key)
            assign(row, placed(load, row, load.fields(found[key])))
            row.save()
            rows[key] = row
    # The file has no circle, but with what was moved in the program it may close one.
    above = (Link(row.pk, row.parent_id) for row in rows.values() if row.parent_id)
    names = {row.pk: key for key, row in rows.items()}
    for cycle in find_cycles(above):
        keys = " → ".join(names[pk] for pk in [*cycle, cycle[0]])
        raise PlanFileConflict([package_circle_sentence(keys)])


def placed(load: Load, row: Task | WorkPackage, fields: Fields) -> Fields:
    """Hang the row where the fields say; the fields that are left."""
    if "parent" in fields:
        hang(row, load.parent(fields.pop("parent")))
    return fields


def drop_work_packages(load: Load) -> None:
    """Packages that are gone from the file are archived, unless work is left in them."""
    gone = {found.key for found in load.of(RecordKind.WORK_PACKAGE, Action.REMOVED)}
    rows = {row.pk: row for row in load.work_packages.values()}
    upward = TopologicalSorter({pk: [row.parent_id] for pk, row in rows.items()}).static_order()
    living = Task.objects.exclude(item__state=ItemState.CANCELLED).filter(item__plan=load.plan)
    kept: set[int | None] = set(living.values_list("package", flat=True))
    for row in reversed([rows[pk] for pk in upward if pk in rows]):
        if row.key in gone and row.pk not in kept:
            row.is_archived = True
            row.save()
        elif not row.is_archived:
            kept.add(row.parent_id)


def write_tasks(load: Load) -> None:
    """Tasks. One that is gone from the file is cancelled."""
    for found in load.of(RecordKind.TASK):
        if found.action is Action.ADDED:
            create_task(load, found)
        elif found.action is Action.CHANGED:
            change_task(load, found)
        else:
            cancel(load, load.tasks[found.key].item)


def create_task(load: Load, found: Difference) -> None:
    fields = load.resolved(load.fields(found))
    mine = {name: fields.pop(name) for name in ITEM_FIELDS | DATES}
    item = Item(kind=ItemKind.TASK, key=found.key, **mine)
    parent = load.parent(fields.pop("parent"))
    load.tasks[found.key] = task_create(change=load.change, item=item, parent=parent, **fields)
    load.items[item_name(ItemKind.TASK, found.key)] = item


def change_task(load: Load, found: Difference) -> None:
    """Only what changed in the file; new dates are a new, signed baseline."""
    row: Task = load.tasks[found.key]
    item = row.item
    fields = load.resolved(load.fields(found))
    dates = {name: fields.pop(name) for name in DATES & set(fields)}
    change_item(item, fields)
    if dates:
        item_rebaseline(
            change=load.change,
            item=item,
            start_on=dates.get("start_on", item.start_on),
            finish_on=dates.get("finish_on", item.finish_on),
        )
    assign(row, placed(load, row, fields))
    row.save()


def reckon(load: Load) -> None:
    """When days are counted anew: every duration, every key result, every forecast."""
    if load.is_reckoned:
        plan_recompute(change=load.change)


def measure_milestones(load: Load) -> None:
    """What 100 % of each milestone's delay means; links and dates are final now."""
    milestones_measure(change=load.change, milestones=list(load.milestones.values()))
