"""What the worker does about levels. A lost or repeated message of the broker repeats nothing."""

import structlog
from celery import shared_task
from django.utils import timezone

from apps.alerts.services import plan_sweep, sweep
from apps.alerts.services.nudging import SWEEP_PLAN

log = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def sweep_plans() -> None:
    """Every minute: settle and tell what is due."""
    swept = sweep()
    if swept.plans or swept.busy:
        log.info("swept", plans=[plan.plan_key for plan in swept.plans], busy=swept.busy)


@shared_task(name=SWEEP_PLAN)  # type: ignore[untyped-decorator]
def sweep_plan(plan_id: int) -> None:
    """After a change of levels: settle and tell what is due in one plan."""
    swept = plan_sweep(plan_id=plan_id, now=timezone.now())
    log.info("swept", plans=[] if swept is None else [swept.plan_key], busy=int(swept is None))
