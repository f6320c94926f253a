"""Objectives, key results and their dated targets."""

from __future__ import annotations

from apps.objectives.models import (
    CountedMilestone,
    KeyResult,
    KeyResultKind,
    KeyResultTarget,
    Objective,
)
from apps.objectives.services import key_results_refresh
from apps.objectives.services.key_results import targets_sign
from apps.objectives.services.shares import counted_set, is_counted, shares_count
from apps.planfile.domain.differences import Action, Difference
from apps.planfile.domain.records import RecordKind
from apps.planfile.services.context import Load, assign, item_name
from apps.plans.models import Item, ItemKind, ItemState
from apps.plans.services.items import item_cancel, item_create

ITEM_FIELDS = ("name", "owner", "team")


def write_objectives(load: Load) -> None:
    """Objectives; one that is gone from the file stays for as long as it has key results."""
    for found in load.of(RecordKind.OBJECTIVE):
        if found.action is Action.REMOVED:
            continue
        fields = load.resolved(load.fields(found))
        row = load.objectives.get(found.key) or Objective(plan=load.plan, key=found.key)
        assign(row, fields)
        row.save()
        load.objectives[found.key] = row


def write_key_results(load: Load) -> None:
    """Key results; their targets carry the same name, owner and team."""
    for found in load.of(RecordKind.KEY_RESULT):
        load.judged.add(found.key)
        if found.action is Action.REMOVED:
            continue
        fields = load.resolved(load.fields(found))
        fields.pop("milestones", None)  # they are not there yet
        row = load.key_results.get(found.key) or KeyResult(plan=load.plan, key=found.key)
        assign(row, fields)
        row.save()
        load.key_results[found.key] = row
        shared = {name: fields[name] for name in ITEM_FIELDS if name in fields}
        if shared and found.action is Action.CHANGED:
            Item.objects.filter(target__key_result=row).update(**shared)
            for item in Item.objects.filter(target__key_result=row):
                assign(load.items[item_name(ItemKind.TARGET, item.key)], shared)


def write_targets(load: Load) -> None:
    """Dated targets: one item each. One that is gone from the file is cancelled."""
    for position, found in enumerate(load.of(RecordKind.TARGET)):
        if found.action is Action.ADDED:
            create_target(load, found, position)
        elif found.action is Action.CHANGED:
            target = KeyResultTarget.objects.get(
                item=load.items[item_name(ItemKind.TARGET, found.key)]
            )
            assign(target, load.resolved(load.fields(found)))
            target.save()
            load.judged.add(target.key_result.key)
        else:
            item = load.items[item_name(ItemKind.TARGET, found.key)]
            cancel(load, item)
            load.judged.add(KeyResultTarget.objects.get(item=item).key_result.key)


def create_target(load: Load, found: Difference, position: int) -> None:
    """A new item and its target; the engine sets its dates when the key result is judged, and
    then they are signed.
    """
    fields = load.fields(found)
    key_result = load.key_results[fields["key_result"]]
    item = Item(
        kind=ItemKind.TARGET,
        key=found.key,
        name=key_result.name,
        owner=key_result.owner,
        team=key_result.team,
        position=position,
        start_on=min(load.plan.start_on, fields["due_on"]),
        finish_on=fields["due_on"],
    )
    item_create(change=load.change, item=item, is_signed=False)
    KeyResultTarget.objects.create(
        item=item,
        key_result=key_result,
        due_on=fields["due_on"],
        value=fields["value"],
        first_due_on=fields["due_on"],
        first_value=fields["value"],
    )
    load.items[item_name(ItemKind.TARGET, found.key)] = item
    load.judged.add(key_result.key)


def write_counted(load: Load) -> None:
    """Which milestones each share counts, now that they are there.

    A new one is counted from the plan's first day, one that changes from today on.
    """
    rows = CountedMilestone.objects.filter(key_result__plan=load.plan)
    counting = set(rows.values_list("key_result__key", flat=True))
    for found in load.of(RecordKind.KEY_RESULT):
        if found.action is Action.REMOVED:
            continue
        is_new = found.key not in counting
        keys = load.fields(found).get("milestones")
        key_result = load.key_results[found.key]
        if key_result.objective.closed_on is not None:
            continue
        if keys is None and (is_counted(key_result) or found.key not in counting):
            continue
        counted_set(
            change=load.change,
            key_result=key_result,
            items=[load.milestones[key].item for key in keys or ()],
            since=load.plan.start_on if is_new else load.change.on,
            note="" if is_new else load.change.reason,
        )


def cancel(load: Load, item: Item) -> None:
    """Take an item out of the plan; one that is finished stays what it was."""
    if item.state in {ItemState.OPEN, ItemState.PAUSED}:
        item_cancel(change=load.change, item=item)


def judge_key_results(load: Load) -> None:
    """What every new or changed key result says of its targets; shares of milestones as well, since
    a milestone may be gone or due on another day now.
    """
    rows = [load.key_results[key] for key in sorted(load.judged)]
    if rows:
        key_results_refresh(change=load.change, key_results=rows)
    counting = KeyResult.objects.filter(
        plan=load.plan, kind=KeyResultKind.MILESTONES, objective__closed_on=None
    )
    shares_count(change=load.change, key_results=list(counting), since=load.change.on)
    targets_sign(change=load.change, key_results=rows)


def drop_objectives(load: Load) -> None:
    """Objectives that are gone from the file and never had a key result."""
    for found in load.of(RecordKind.OBJECTIVE, Action.REMOVED):
        row = load.objectives[found.key]
        if not row.key_results.exists():
            row.delete()
