"""Sweep a plan without waiting for the next minute."""

from apps.core.broker import publish_on_commit

SWEEP_PLAN = "apps.alerts.tasks.sweep_plan"


def nudge_sweep(*, plan_id: int, **_signal: object) -> None:
    """Once the transaction is through, sweep the plan, whose levels it changed; once, however many
    changes it makes.
    """
    publish_on_commit(SWEEP_PLAN, plan_id)
