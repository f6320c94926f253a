"""A milestone is accepted once its criteria are met; acceptance can be taken back. Signed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from apps.milestones.models import AcceptanceCriterion, Milestone
from apps.objectives.services.shares import milestones_counted
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.items import item_finish, item_reopen


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of the criteria that are ``met``, and of those that were ``seen`` as met: only these are
    open again when they are not among the met. Those met newly are met ``on`` that day.
    """

    met: Collection[int]
    seen: Collection[int]
    on: dt.date


def criteria_mark(*, milestone: Milestone, marks: Marks, by: User, reason: str) -> Milestone:
    """Say which acceptance criteria are met. One that stays met keeps its day and who signed it.

    Raises PlanRuleError "milestone.closed".
    """
    with plan_change(plan=milestone.item.plan, by=by, reason=reason) as change:
        check_is_open(change, milestone)
        mark(milestone, marks, by)
    return milestone


def milestone_accept(*, milestone: Milestone, marks: Marks, by: User, reason: str) -> Milestone:
    """Accept as of the day of the marks; by then all criteria are met.

    Raises PlanRuleError "milestone.closed", "milestone.criteria_open".
    """
    with plan_change(plan=milestone.item.plan, by=by, reason=reason) as change:
        check_is_open(change, milestone)
        mark(milestone, marks, by)
        is_open = Q(met_on=None) | Q(met_on__gt=marks.on)
        count = milestone.criteria.filter(is_open).count()
        if count:
            raise PlanRuleError(
                "milestone.criteria_open",
                gettext_noop(
                    "A milestone is accepted as of a day on which all its criteria are met."
                ),
                {"count": count},
            )
        milestone_finish(change=change, milestone=milestone, on=marks.on)
    return milestone


def milestone_finish(
    *, change: PlanChange, milestone: Milestone, on: dt.date, is_sample: bool = False
) -> None:
    """The milestone ends on a day, and key results that count it follow."""
    item_finish(change=change, item=milestone.item, finished_on=on)
    # After the finish is saved, because the count reads it from the table.
    milestones_counted(change=change, items=[milestone.item], since=on, is_sample=is_sample)


def milestone_reopen(*, milestone: Milestone, by: User, reason: str) -> Milestone:
    """Take an acceptance back: the milestone is open again, its criteria stay as they are.

    Raises PlanRuleError "milestone.not_accepted".
    """
    with plan_change(plan=milestone.item.plan, by=by, reason=reason) as change:
        item = locked_item(change, milestone)
        if item.state != ItemState.FINISHED or item.finished_on is None:
            raise PlanRuleError(
                "milestone.not_accepted", gettext_noop("This milestone is not accepted.")
            )
        since = item.finished_on
        item_reopen(change=change, item=item)
        milestones_counted(change=change, items=[item], since=since)
    return milestone


def mark(milestone: Milestone, marks: Marks, by: User) -> None:
    """Put the marks into the criteria."""
    rows = AcceptanceCriterion.objects.filter(milestone=milestone)
    for row in rows.filter(pk__in=marks.met, met_on=None):
        row.met_on, row.met_by = marks.on, by
        row.save(update_fields=["met_on", "met_by"])
    for row in rows.filter(pk__in=set(marks.seen) - set(marks.met)).exclude(met_on=None):
        row.met_on = row.met_by = None
        row.save(update_fields=["met_on", "met_by"])


def check_is_open(change: PlanChange, milestone: Milestone) -> None:
    """Raises PlanRuleError when the milestone is accepted or cancelled already."""
    if locked_item(change, milestone).state not in (ItemState.OPEN, ItemState.PAUSED):
        raise PlanRuleError(
            "milestone.closed", gettext_noop("This milestone is accepted or cancelled already.")
        )


def locked_item(change: PlanChange, milestone: Milestone) -> Item:
    """The item as it stands now that the plan is held; the milestone carries it on."""
    milestone.item = Item.objects.get(pk=milestone.pk, plan=change.plan)
    return milestone.item
