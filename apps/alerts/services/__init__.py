"""Verbs of alerts: sweep, nudge."""

from apps.alerts.services.nudging import nudge_sweep
from apps.alerts.services.sweeping import PlanSwept, Swept, plan_sweep, sweep

__all__ = ["PlanSwept", "Swept", "nudge_sweep", "plan_sweep", "sweep"]
