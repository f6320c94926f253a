"""All that the page of an item's arithmetic shows, read in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.plans.addresses import item_path, why_path
from apps.plans.charts.delay import DelayScale, layout_delay
from apps.plans.engine.calendars import DayCalendar
from apps.plans.engine.explanation import Explanation
from apps.plans.engine.items import OwnForms, own_forecasts
from apps.plans.engine.levels import THRESHOLDS, last_finish_within
from apps.plans.models import Baseline, Item, ItemKind, LevelChange, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.drivers import Driver, driver_chain, moved_by
from apps.plans.selectors.explanations import explain_item, is_stalled
from apps.plans.selectors.forecasts import item_facts, target_forecasts
from apps.plans.selectors.outlooks import Outlook, OutlookMaker

HISTORY = 40


class Moved(NamedTuple):
    """A late item whose root cause this one is."""

    item: Item
    outlook: Outlook
    href: str


class PastLevel(NamedTuple):
    """A change of level with the arithmetic of its day (None where there was none)."""

    change: LevelChange
    explanation: Explanation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """An item's colour, taken apart. ``explanation`` is None without a baseline or cancelled.

    ``own`` are the item's forms before its predecessors push it; ``is_stalled``: the part of the
    forecast that grows while nobody reports decides today.
    """

    item: Item
    plan: Plan
    calendar: DayCalendar
    today: dt.date
    outlook: Outlook
    explanation: Explanation | None
    own: OwnForms | None
    is_stalled: bool
    chain: tuple[Driver, ...]
    moved: tuple[Moved, ...]
    baseline: Baseline | None
    history: tuple[PastLevel, ...]
    scale: DelayScale | None
    href: str
    why: str


def read_arithmetic(item: Item, plan: Plan, today: dt.date) -> Arithmetic:
    """Everything behind the item's colour on the morning of ``today``; at most 6 queries.

    ``item`` comes with its owner and its team.
    """
    calendar = plan_calendar(plan)
    looks = OutlookMaker(plan, calendar, today)
    chain = driver_chain(item, plan, looks)
    steps = [step.step() for step in chain]
    explanation = explain_item(item, plan, calendar, today, steps)
    day = calendar.today_number(today)
    baselines = Baseline.objects.filter(item=item, version=item.baseline_version)
    return Arithmetic(
        item=item,
        plan=plan,
        calendar=calendar,
        today=today,
        outlook=looks.of(item),
        explanation=explanation,
        own=own_forms_of(item, plan, calendar),
        is_stalled=is_stalled(item, day),
        chain=chain,
        moved=tuple(
            Moved(other, looks.of(other), item_path(plan.key, other.kind, other.key))
            for other in moved_by(item, plan, day)
        ),
        baseline=baselines.select_related("signed_by").first(),
        history=tuple(past_levels(item)),
        scale=None if explanation is None else scale_of(item, plan, calendar, explanation),
        href=item_path(plan.key, item.kind, item.key),
        why=why_path(plan.key, item.pk),
    )


def own_forms_of(item: Item, plan: Plan, calendar: DayCalendar) -> OwnForms | None:
    """The item's own forecast, without its predecessors."""
    if item.kind == ItemKind.TARGET:
        return target_forecasts(item, calendar)
    return own_forecasts(item_facts(item, plan, calendar))


def past_levels(item: Item) -> Sequence[PastLevel]:
    """The newest changes of level, each with the arithmetic that was kept with it."""
    changes = LevelChange.objects.filter(item=item).order_by("-changed_on", "-id")[:HISTORY]
    return [
        PastLevel(change, Explanation.from_json(change.facts) if change.facts else None)
        for change in changes
    ]


def scale_of(item: Item, plan: Plan, calendar: DayCalendar, explanation: Explanation) -> DelayScale:
    """The planned stretch and the zones behind it, in dates."""
    finish = calendar.number(item.finish_on)
    minimum = plan.minimum_reference_days
    limits = [
        calendar.date(last_finish_within(threshold, finish, item.duration_days, minimum))
        for threshold in THRESHOLDS
    ]
    reference = finish - explanation.reference_days + 1
    start = calendar.date(max(reference, 1)) if item.is_point else explanation.planned_start
    return layout_delay(
        start=min(start, explanation.planned_finish),
        limits=limits,
        forecast=explanation.forecast,
        known=explanation.known_on,
        today=explanation.as_of,
    )
