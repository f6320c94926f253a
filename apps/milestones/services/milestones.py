"""Milestones."""

from collections.abc import Sequence

from django.db.models import Min, Q

from apps.milestones.models import Milestone
from apps.plans.engine.forecasts import milestone_reference_start, planned_duration
from apps.plans.models import Item, ItemState
from apps.plans.services.change import PlanChange
from apps.plans.services.forecasts import items_store
from apps.plans.services.items import item_create


def milestone_create(*, change: PlanChange, item: Item, milestone: Milestone) -> Milestone:
    """A new milestone with its first baseline; ``item`` starts and finishes on its due day."""
    item.is_point = True
    item_create(change=change, item=item)
    milestone.item = item
    milestone.save(force_insert=True)
    return milestone


def milestones_measure(*, change: PlanChange, milestones: Sequence[Milestone]) -> None:
    """Set what 100 % of each milestone's delay means, after its links or dates changed.

    Counts from its own "from" day, else the earliest planned start of what is linked into it,
    else the start of its phase. Three statements.
    """
    linked = dict(
        Item.objects.filter(pk__in=[milestone.pk for milestone in milestones])
        .annotate(
            earliest=Min(
                "links_in__predecessor__start_on",
                filter=~Q(links_in__predecessor__state=ItemState.CANCELLED),
            )
        )
        .values_list("pk", "earliest")
    )
    number = change.calendar.start_number
    for milestone in milestones:
        item, own_from = milestone.item, milestone.reference_start_on
        earliest = linked[milestone.pk]
        start = milestone_reference_start(
            None if own_from is None else number(own_from),
            [] if earliest is None else [number(earliest)],
            number(milestone.phase.start_on),
            number(change.plan.start_on),
        )
        item.duration_days = planned_duration(start, change.calendar.number(item.finish_on))
        if item.baseline_version == 1:
            item.first_duration_days = item.duration_days
    items = [milestone.item for milestone in milestones]
    items_store(items, ("duration_days", "first_duration_days"))
    change.touch(*items)
