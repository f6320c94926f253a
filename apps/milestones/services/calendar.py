"""The plan's calendar. A changed calendar renumbers days, so everything is computed anew."""

import datetime as dt
from collections.abc import Mapping

from apps.milestones.models import Milestone
from apps.milestones.services.milestones import milestones_measure
from apps.objectives.models import KeyResult
from apps.objectives.services import key_results_refresh
from apps.people.models import User
from apps.plans.models import CalendarDay, Item, ItemKind, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services.change import PlanChange, plan_change
from apps.plans.services.forecasts import items_store
from apps.plans.services.items import duration

DURATIONS = ("duration_days", "first_duration_days")


def calendar_days_set(
    *,
    plan: Plan,
    days: Mapping[dt.date, bool | None],
    by: User,
    reason: str,
    name: str = "",
) -> None:
    """Declare days working (True) or free (False), or as their weekday says (None)."""
    with plan_change(plan=plan, by=by, reason=reason) as change:
        gone = [day for day, is_working in days.items() if is_working is None]
        CalendarDay.objects.filter(plan=plan, day_on__in=gone).delete()
        for day, is_working in days.items():
            if is_working is not None:
                CalendarDay.objects.update_or_create(
                    plan=plan, day_on=day, defaults={"is_working": is_working, "name": name}
                )
        change.calendar = plan_calendar(plan)
        plan_recompute(change=change)


def plan_recompute(*, change: PlanChange) -> None:
    """Every duration and every forecast of the plan, in the calendar of the change.

    What was due is settled already, in the old numbers. The number of statements does not depend
    on the size of the plan.
    """
    tasks = list(change.plan.items.filter(kind=ItemKind.TASK))
    for item in tasks:
        item.duration_days = duration(change, item)
        if item.baseline_version == 1:
            item.first_duration_days = item.duration_days
    items_store(tasks, DURATIONS)
    milestones = Milestone.objects.filter(item__plan=change.plan).select_related("item", "phase")
    milestones_measure(change=change, milestones=list(milestones))
    key_results = KeyResult.objects.filter(plan=change.plan)
    key_results_refresh(change=change, key_results=list(key_results))
    change.touch(*Item.objects.filter(plan=change.plan).only("pk"))
