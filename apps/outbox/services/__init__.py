"""Verbs of the outbox: write, collect, send, resend, beat, nudge."""

from apps.outbox.services.heartbeats import heartbeat_record
from apps.outbox.services.nudging import nudge_sender
from apps.outbox.services.sending import Sent, notification_resend, notifications_send
from apps.outbox.services.writing import BATCH, Message, entry_collect, messages_write

__all__ = [
    "BATCH",
    "Message",
    "Sent",
    "entry_collect",
    "heartbeat_record",
    "messages_write",
    "notification_resend",
    "notifications_send",
    "nudge_sender",
]
