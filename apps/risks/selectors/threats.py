"""The milestones and key results that risks threaten, with the levels they have today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from apps.objectives.models import KeyResult
from apps.plans.addresses import item_path, why_path
from apps.plans.models import Item, ItemKind, ItemState, Plan
from apps.plans.selectors.outlooks import Outlook, OutlookMaker
from apps.risks.models import Risk


@dataclass(frozen=True, slots=True)
class Threat:
    """A milestone, or a key result with its next unmet target; no outlook without a target."""

    name: str
    href: str
    why: str
    due_on: dt.date | None
    outlook: Outlook | None
    is_open: bool


def read_threats(
    plan: Plan, risk_ids: Collection[int], maker: OutlookMaker
) -> dict[int, list[Threat]]:
    """What each risk threatens, the nearest first: three queries however many risks there are."""
    found: dict[int, list[Threat]] = defaultdict(list)
    links = Risk.milestones.through.objects.filter(risk__in=risk_ids)
    for link in links.select_related("milestone__item"):
        found[link.risk_id].append(item_threat(plan, link.milestone.item, maker))
    pairs = list(
        Risk.key_results.through.objects.filter(risk__in=risk_ids).select_related("keyresult")
    )
    targets = next_targets({pair.keyresult_id for pair in pairs})
    for pair in pairs:
        target = targets.get(pair.keyresult_id)
        found[pair.risk_id].append(key_result_threat(plan, pair.keyresult, target, maker))
    for threats in found.values():
        threats.sort(key=lambda threat: (not threat.is_open, threat.due_on or dt.date.max))
    return found


def next_targets(key_result_ids: Collection[int]) -> dict[int, Item]:
    """The target of each key result that raises the alert, else its last one (one query)."""
    items = Item.objects.filter(target__key_result__in=key_result_ids).exclude(
        state=ItemState.CANCELLED
    )
    found: dict[int, Item] = {}
    for item in items.select_related("target").order_by("finish_on"):
        key_result_id = item.target.key_result_id
        before = found.get(key_result_id)
        if before is None or before.state == ItemState.FINISHED:
            found[key_result_id] = item
    return found


def item_threat(plan: Plan, item: Item, maker: OutlookMaker) -> Threat:
    """A milestone that is threatened."""
    return Threat(
        name=item.name,
        href=item_path(plan.key, ItemKind.MILESTONE, item.key),
        why=why_path(plan.key, item.pk),
        due_on=item.finish_on,
        outlook=maker.of(item),
        is_open=item.state == ItemState.OPEN,
    )


def key_result_threat(
    plan: Plan, key_result: KeyResult, target: Item | None, maker: OutlookMaker
) -> Threat:
    """A key result that is threatened, judged by its next unmet target."""
    return Threat(
        name=key_result.name,
        href=reverse("objectives:key_result_detail", args=[plan.key, key_result.key]),
        why="" if target is None else why_path(plan.key, target.pk),
        due_on=None if target is None else target.finish_on,
        outlook=None if target is None else maker.of(target),
        is_open=target is not None and target.state == ItemState.OPEN,
    )
