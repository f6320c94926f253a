"""The sweep: levels that waiting changed, and what has to be told of all that changed."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.alerts.domain.rule import Action
from apps.alerts.selectors.digests import DigestMaker
from apps.alerts.selectors.pending import pending_of, plans_waiting
from apps.alerts.services.alerts import alerts_write
from apps.alerts.services.writing import notifications_write
from apps.core.bulk import rows_update
from apps.outbox.services import nudge_sender
from apps.plans.models import Item, Plan
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.explanations import root_id
from apps.plans.services import plan_settle


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSwept:
    """What one sweep did to one plan: counts."""

    plan_key: str
    changes: int
    opened: int
    changed: int
    closed: int
    notifications: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did; ``busy`` plans were being changed by somebody else and are next time's."""

    plans: list[PlanSwept]
    busy: int = 0

    @property
    def notifications(self) -> int:
        """Messages written to the outbox."""
        return sum(plan.notifications for plan in self.plans)


def sweep(*, now: dt.datetime | None = None, today: dt.date | None = None) -> Swept:
    """Settle and tell everything that is due, plan by plan, each in a transaction of its own.

    ``today`` stands for every plan's own day of the moment ``now``. Any number may run at once;
    running again changes nothing. With nothing due it costs one statement.
    """
    now = now or timezone.now()
    swept = [
        plan_sweep(plan_id=plan_id, now=now, today=today) for plan_id in plans_waiting(now, today)
    ]
    return Swept([plan for plan in swept if plan is not None], swept.count(None))


def plan_sweep(*, plan_id: int, now: dt.datetime, today: dt.date | None = None) -> PlanSwept | None:
    """Settle one plan and write what is to be told; None when somebody else holds the plan."""
    with transaction.atomic():
        # SKIP LOCKED: a plan that somebody holds is done in a minute. NO KEY: who writes a row
        # that refers to the plan neither holds this up nor waits for it.
        waiting = Plan.objects.select_for_update(skip_locked=True, no_key=True)
        plan = waiting.filter(pk=plan_id, archived_at=None).first()
        if plan is None:
            return None
        today = today or plan.today(now)
        # Settled first, so that what waiting changed is pending when it comes to telling.
        changes = plan_settle(plan=plan, today=today)
        known = {change.item_id: change.facts for change in changes if change.changed_on == today}
        done = plan_tell(plan=plan, now=now, today=today, known=known)
    return PlanSwept(
        plan_key=plan.key,
        changes=len(changes),
        opened=done[Action.OPEN],
        changed=done[Action.CHANGE],
        closed=done[Action.CLOSE],
        notifications=done["notifications"],
    )


def plan_tell(
    *, plan: Plan, now: dt.datetime, today: dt.date, known: dict[int, dict[str, object]]
) -> Counter[str]:
    """Write alerts and messages for every level that people do not know yet; returns counts."""
    pending = pending_of(plan)
    if not pending.items:
        return Counter()
    calendar = plan_calendar(plan)
    day = calendar.today_number(today)
    roots = {item.pk: root_id(item, day) or item.pk for item in pending.items}
    changes = alerts_write(plan=plan, pending=pending, roots=roots, today=today)
    written = notifications_write(
        plan=plan,
        changes=[one for one in changes if one.verdict.is_told],
        maker=DigestMaker(plan, calendar, today, known),
        now=now,
    )
    if written:
        nudge_sender()
    # In the transaction of the messages, so that nothing is told twice or never.
    told = [(one.item.pk, one.verdict.told_level) for one in changes]
    rows_update(Item, ("alerted_level",), told)
    return Counter([one.verdict.action for one in changes]) + Counter(notifications=written)
