"""Counts accepted milestones for the key results that are a share of them. Within a change.

Each count is a check-in of the person who made the change, so history, as-known and charts need no
rule of their own. A target waits for the milestones that it still needs: links say so.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from django.db.models import Value
from django.db.models.functions import Greatest

from apps.objectives.domain.shares import Counted, accepted_share, needed
from apps.objectives.models import (
    CheckIn,
    CountedMilestone,
    KeyResult,
    KeyResultKind,
    KeyResultTarget,
)
from apps.objectives.services.targets import key_results_refresh, targets_by_key_result
from apps.plans.models import Item, ItemState, Link, LinkKind
from apps.plans.services.change import PlanChange


def milestones_counted(
    *, change: PlanChange, items: Collection[Item], since: dt.date, is_sample: bool = False
) -> None:
    """These milestones were accepted, taken back or cancelled as of ``since``: count anew.

    Closed objectives stay as they are; archived ones are counted, their targets stay paused.
    """
    counting = KeyResult.objects.filter(
        kind=KeyResultKind.MILESTONES, counted__item__in=items, objective__closed_on=None
    )
    rows = list(counting.distinct())
    shares_count(
        change=change, key_results=rows, since=since, note=change.reason, is_sample=is_sample
    )


def counted_set(
    *,
    change: PlanChange,
    key_result: KeyResult,
    items: Collection[Item],
    since: dt.date,
    note: str = "",
) -> None:
    """Which milestones a key result counts, from ``since`` on. What it was before stays.

    One that is of another kind now counts none, and its targets wait for none.
    """
    wanted = {item.pk for item in items}
    rows = CountedMilestone.objects.filter(key_result=key_result, counts_until=None)
    rows.exclude(item__in=wanted).update(counts_until=Greatest("counts_from", Value(since)))
    standing = set(rows.values_list("item_id", flat=True))
    CountedMilestone.objects.bulk_create(
        CountedMilestone(key_result=key_result, item_id=pk, counts_from=since)
        for pk in sorted(wanted - standing)
    )
    if is_counted(key_result):
        shares_count(change=change, key_results=[key_result], since=since, note=note)
    else:
        link_targets(change, [key_result], {key_result.pk: []})


def shares_count(
    *,
    change: PlanChange,
    key_results: Sequence[KeyResult],
    since: dt.date,
    note: str = "",
    is_sample: bool = False,
) -> None:
    """Record what is accepted from a day of the plan on, and link the targets to what they still
    wait for.

    A day that had another value gets a correction with the reason of the change. A target that is
    met stays met, unless a value is lower now than the one it corrects. A fixed number of
    statements, and two for each target whose links differ.
    """
    if not key_results:
        return
    cancelled = CountedMilestone.objects.filter(
        key_result__in=key_results, counts_until=None, item__state=ItemState.CANCELLED
    )
    # Ended before the count, which looks at days and at no states.
    cancelled.update(counts_until=Greatest("counts_from", Value(change.on)))
    new = new_values(change, key_results, since)
    for row in new:
        row.note = note or (change.reason if row.corrects is not None else "")
        row.is_sample = is_sample
    CheckIn.objects.bulk_create(new)
    # Before the judgement, which takes no target back that was met.
    reopen(change, {row.key_result_id for row in new if is_lowered(row)})
    key_results_refresh(change=change, key_results=key_results)
    # After it: a target that is met now waits for nothing.
    link_targets(change, key_results, counted_items(key_results))


def reopen(change: PlanChange, key_results: Collection[int]) -> None:
    """What was met is judged anew; the targets of an archived objective stay paused since then."""
    met = Item.objects.filter(target__key_result__in=key_results, state=ItemState.FINISHED)
    for item in met.select_related("target__key_result__objective"):
        archived_at = item.target.key_result.objective.archived_at
        item.state, item.finished_on = ItemState.OPEN, None
        if archived_at is not None:
            item.state, item.paused_on = ItemState.PAUSED, change.plan.today(archived_at)
        item.save(update_fields=["state", "finished_on", "paused_on"])


def is_lowered(row: CheckIn) -> bool:
    """Whether a count says less than the one that it corrects."""
    return row.corrects is not None and row.value < row.corrects.value


def counted_items(key_results: Collection[KeyResult]) -> dict[int, list[Item]]:
    """The milestones that each key result counts now, those due first first (one query)."""
    found: dict[int, list[Item]] = defaultdict(list)
    rows = CountedMilestone.objects.filter(key_result__in=key_results).current()
    for row in rows.select_related("item"):
        found[row.key_result_id].append(row.item)
    return found


def new_values(
    change: PlanChange, key_results: Sequence[KeyResult], since: dt.date
) -> list[CheckIn]:
    """The check-ins that are missing from ``since`` on, or at all (not saved; two queries).

    Before the plan begins there is nothing to say but what its first day will begin with.
    """
    begin = change.plan.start_on
    in_force: dict[int, list[CheckIn]] = defaultdict(list)
    for row in CheckIn.objects.filter(key_result__in=key_results).in_force():
        in_force[row.key_result_id].append(row)
    counted: dict[int, list[Counted]] = defaultdict(list)
    rows = CountedMilestone.objects.filter(key_result__in=key_results).select_related("item")
    for counting in rows:
        counted[counting.key_result_id].append(in_days(counting))
    found: list[CheckIn] = []
    for key_result in key_results:
        known = in_force[key_result.pk]
        first = max(since, begin) if known else begin
        found += new_rows(change, key_result, counted[key_result.pk], known, first)
    return [row for row in found if begin <= change.on or row.value]


def in_days(row: CountedMilestone) -> Counted:
    """A milestone in calendar days: only their order counts here."""
    until, accepted = row.counts_until, row.item.finished_on
    return Counted(
        row.item.finish_on.toordinal(),
        None if accepted is None else accepted.toordinal(),
        row.counts_from.toordinal(),
        None if until is None else until.toordinal(),
    )


def new_rows(
    change: PlanChange,
    key_result: KeyResult,
    counted: Sequence[Counted],
    in_force: Sequence[CheckIn],
    since: dt.date,
) -> Iterator[CheckIn]:
    """The check-ins that say what stands does not, from ``since`` on (not saved)."""
    standing = {row.for_on: row.value for row in in_force}
    by_day = {row.for_on: row for row in in_force}
    moments = (day for row in counted for day in (row.accepted, row.start, row.until))
    turns = {dt.date.fromordinal(day) for day in moments if day is not None}
    for on in sorted({since, *(on for on in turns | by_day.keys() if since < on <= change.on)}):
        value = accepted_share(counted, on.toordinal())
        before = max((day for day in standing if day <= on), default=None)
        if before is None or standing[before] != value:
            standing[on] = value
            yield new_row(change, key_result, on, value, by_day.get(on))


def new_row(
    change: PlanChange, key_result: KeyResult, on: dt.date, value: Decimal, old: CheckIn | None
) -> CheckIn:
    """One count, signed by whoever made the change."""
    return CheckIn(
        key_result=key_result,
        for_on=on,
        value=value,
        corrects=old,
        entered_by=change.by,
    )


def link_targets(
    change: PlanChange, key_results: Sequence[KeyResult], items: dict[int, list[Item]]
) -> None:
    """Each open target waits, finish to start, for the milestones that it still needs."""
    targets = targets_by_key_result(key_results)
    standing: dict[int, dict[int, Link]] = defaultdict(dict)
    links = Link.objects.filter(successor__target__key_result__in=key_results, kind=LinkKind.FS)
    for link in links:
        standing[link.successor_id][link.predecessor_id] = link
    for key_result in key_results:
        for target in targets.get(key_result.pk, []):
            if target.item.state != ItemState.FINISHED:
                wanted = waited_for(target, items[key_result.pk])
                link_target(change, target, wanted, standing[target.pk])


def waited_for(target: KeyResultTarget, items: Sequence[Item]) -> list[Item]:
    """The open milestones, those due first, that must be accepted for the target to be met."""
    is_open = [item for item in items if item.state != ItemState.FINISHED]
    count = needed(len(items), target.value or Decimal(0)) - (len(items) - len(is_open))
    return is_open[: max(count, 0)]


def link_target(
    change: PlanChange, target: KeyResultTarget, wanted: Sequence[Item], standing: dict[int, Link]
) -> None:
    """Add the links that are missing, take away those that are not wanted any more."""
    keys = {item.pk for item in wanted}
    Link.objects.bulk_create(
        Link(plan=change.plan, predecessor=item, successor=target.item, kind=LinkKind.FS)
        for item in wanted
        if item.pk not in standing
    )
    gone = [link.pk for pk, link in standing.items() if pk not in keys]
    if gone:
        Link.objects.filter(pk__in=gone).delete()
    change.touch(target.item)


def is_counted(key_result: KeyResult) -> bool:
    """Whether the software counts its value."""
    return key_result.kind == KeyResultKind.MILESTONES
