"""The one way to change a plan: lock it, settle it, let the caller write, recompute what moved."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from apps.core.signing import signed
from apps.people.models import User
from apps.plans.engine.calendars import DayCalendar
from apps.plans.models import Item, LevelChange, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.services.forecasts import levels_announce
from apps.plans.services.network import network_refresh
from apps.plans.services.settling import plan_settle


@dataclass(slots=True)
class PlanChange:
    """A change under way. ``on`` is the plan's day on which it happens.

    ``is_preview``: it is only thought through, nothing locks or stores it.
    """

    plan: Plan
    calendar: DayCalendar
    by: User
    reason: str
    on: dt.date
    is_preview: bool = False
    touched: set[int] = field(default_factory=set)
    level_changes: list[LevelChange] = field(default_factory=list)

    def touch(self, *items: Item) -> None:
        """These items' own plan or knowledge changed: recompute them and what they drive."""
        self.touched.update(item.pk for item in items)

    def finish(self) -> None:
        """Recompute what was touched; done at the end of every change, earlier by who looks at it.

        ``level_changes`` are then the levels that the change itself alters.
        """
        self.level_changes += network_refresh(
            plan=self.plan, calendar=self.calendar, item_ids=self.touched, today=self.on
        )
        self.touched.clear()


@contextmanager
def plan_hold(plan: Plan) -> Iterator[None]:
    """Nobody else changes the plan until the end: what is read within still holds when written."""
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        yield


@contextmanager
def plan_change(
    *,
    plan: Plan,
    by: User,
    reason: str,
    on: dt.date | None = None,
    is_settled_by_caller: bool = False,
) -> Iterator[PlanChange]:
    """A signed, atomic change of a plan, dated ``on`` (default: the plan's today).

    Holds the plan's row until the end, so changes and sweeps of one plan never cross. What was
    already due is settled first: otherwise a level change between the last sweep and this change
    would be lost. A caller that knows what it moves may settle just that (``reach_settle``).
    """
    with signed(by=by, reason=reason):
        # Read again under the lock: what the caller holds may be older.
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        on = on or locked.today()
        change = PlanChange(locked, plan_calendar(locked), by, reason, on)
        if not is_settled_by_caller:
            settled = plan_settle(plan=locked, today=on)
            # The change may touch none of these; then nobody else would say that they are pending.
            levels_announce(row.item for row in settled)
        yield change
        # Before the transaction ends, so that nobody reads new dates with old levels.
        change.finish()


@contextmanager
def plan_trial(*, plan: Plan, by: User, reason: str) -> Iterator[PlanChange]:
    """A change of the plan that is rolled back at the end: do it, ``finish`` it, look, and nothing
    was written. So what is shown cannot differ from what would be done.
    """
    with transaction.atomic():
        with plan_change(plan=plan, by=by, reason=reason) as change:
            yield change
        transaction.set_rollback(True)
