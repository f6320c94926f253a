"""The milestone list, and what a milestone is measured by."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from apps.milestones.models import Milestone
from apps.milestones.selectors.causes import Cause, read_causes
from apps.objectives.models import CheckIn
from apps.plans.addresses import item_path, why_path
from apps.plans.models import ItemKind, Plan
from apps.plans.selectors.outlooks import Outlook, OutlookMaker


@dataclass(frozen=True, slots=True)
class Measure:
    """The key result that decides a milestone: its last value against the bounds, in its unit."""

    name: str
    href: str
    unit: str
    actual: Decimal | None
    actual_on: dt.date | None
    at_least: Decimal | None
    at_most: Decimal | None

    @property
    def is_met(self) -> bool:
        """Whether the last value lies within the bounds; without a value it does not."""
        if self.actual is None:
            return False
        is_enough = self.at_least is None or self.actual >= self.at_least
        return is_enough and (self.at_most is None or self.actual <= self.at_most)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as the list shows it; ``met`` of ``criteria`` acceptance criteria are met."""

    name: str
    href: str
    why: str
    phase: str
    due_on: dt.date
    outlook: Outlook
    owner: str | None
    team: str | None
    met: int
    criteria: int
    measure: Measure | None
    cause: Cause | None


def plan_milestones(plan: Plan) -> QuerySet[Milestone]:
    """By due day."""
    milestones = Milestone.objects.filter(item__plan=plan)
    milestones = milestones.select_related("item__owner", "item__team", "phase", "measured_by")
    return milestones.annotate(
        criteria_count=Count("criteria"),
        met_count=Count("criteria", filter=Q(criteria__met_on__isnull=False)),
    ).order_by("item__finish_on", "pk")


def milestone_rows(
    plan: Plan, milestones: Iterable[Any], maker: OutlookMaker
) -> list[MilestoneRow]:
    """Rows for the page; ``milestones`` come from ``plan_milestones``. Two queries."""
    found = list(milestones)
    outlooks = {milestone.pk: maker.of(milestone.item) for milestone in found}
    causes = read_causes(outlooks.items(), plan.key)
    measures = read_measures(found, plan.key)
    return [
        MilestoneRow(
            name=milestone.item.name,
            href=item_path(plan.key, ItemKind.MILESTONE, milestone.item.key),
            why=why_path(plan.key, milestone.pk),
            phase=f"{milestone.phase.number}. {milestone.phase.name}",
            due_on=milestone.item.finish_on,
            outlook=outlooks[milestone.pk],
            owner=None if milestone.item.owner is None else str(milestone.item.owner),
            team=None if milestone.item.team is None else milestone.item.team.name,
            met=milestone.met_count,
            criteria=milestone.criteria_count,
            measure=measures.get(milestone.pk),
            cause=causes.get(milestone.pk),
        )
        for milestone in found
    ]


def read_measures(milestones: Iterable[Milestone], plan_key: str) -> dict[int, Measure]:
    """Measures of the milestones that have one, with the last values (one query)."""
    measured = [milestone for milestone in milestones if milestone.measured_by is not None]
    latest = latest_values({milestone.measured_by_id for milestone in measured})
    found = {}
    for milestone in measured:
        key_result = milestone.measured_by
        if key_result is None:
            continue
        actual_on, actual = latest.get(key_result.pk, (None, None))
        found[milestone.pk] = Measure(
            name=key_result.name,
            href=reverse("objectives:key_result_detail", args=[plan_key, key_result.key]),
            unit=key_result.unit,
            actual=actual,
            actual_on=actual_on,
            at_least=milestone.at_least,
            at_most=milestone.at_most,
        )
    return found


def latest_values(key_result_ids: Collection[int | None]) -> dict[int, tuple[dt.date, Decimal]]:
    """The last value of each key result and the day it is for (one query, none without ids)."""
    if not key_result_ids:
        return {}
    rows = CheckIn.objects.filter(key_result__in=key_result_ids).newest()
    return {
        pk: (for_on, value)
        for pk, for_on, value in rows.values_list("key_result_id", "for_on", "value")
    }
