"""Verbs of alerts: sweep, send, resend."""

from apps.alerts.services.sweeping import PlanSwept, Swept, plan_sweep, sweep

__all__ = ["PlanSwept", "Swept", "plan_sweep", "sweep"]
