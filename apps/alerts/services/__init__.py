"""Verbs of alerts: sweep, send, resend, beat."""

from apps.alerts.services.heartbeats import heartbeat_record
from apps.alerts.services.mentions import mentions_write
from apps.alerts.services.reminders import reminders_write
from apps.alerts.services.sending import Sent, notification_resend, notifications_send
from apps.alerts.services.sweeping import PlanSwept, Swept, plan_sweep, sweep
from apps.alerts.services.target_changes import target_changes_write

__all__ = [
    "PlanSwept",
    "Sent",
    "Swept",
    "heartbeat_record",
    "mentions_write",
    "notification_resend",
    "notifications_send",
    "plan_sweep",
    "reminders_write",
    "sweep",
    "target_changes_write",
]
