"""Sends the outbox: claim, look whom it still concerns, send, mark once the server has accepted.

A sender that is killed leaves its claim behind; when the lease ends another one takes it. Killed
between the server's yes and our mark, the message goes out twice, under the same Message-ID.
"""

import datetime as dt
import smtplib
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.outbox.domain.retrying import next_wait
from apps.outbox.models import RESENDABLE, Notification, NotificationState, Withdrawal
from apps.outbox.querysets import NotificationQuerySet
from apps.outbox.selectors.concerns import Verdict, verdicts_of
from apps.outbox.services.letters import email
from apps.people.models import User

BATCH = 50
# After so long a batch gives the rest of its claims back, well before their lease ends.
BATCH_SECONDS = 60
# Longer than a batch and its last, hanging connection together, so that no two senders hold one.
LEASE = dt.timedelta(minutes=10)
# What the columns of answers and errors hold.
SHOWN = 500
NO_ADDRESS = "This account has no e-mail address."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run of the sender did: counts."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    withdrawn: int = 0
    released: int = 0


def notifications_send(*, seconds: float = 180) -> Sent:
    """Send what is due, batch after batch, for about so many seconds."""
    until = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    while time.monotonic() < until:
        claimed = notifications_claim(now=timezone.now())
        if not claimed:
            break
        counts += batch_send(claimed)
    return Sent(**counts)


def notifications_claim(*, now: dt.datetime, most: int = BATCH) -> list[Notification]:
    """Take up to ``most`` due messages for this sender alone, until the lease ends."""
    # Committed before anything is sent: no row stays locked while a mail server thinks.
    with transaction.atomic():
        due = Notification.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        ids = [row.pk for row in due.only("pk")[:most]]
        claimed = Notification.objects.filter(pk__in=ids)
        claimed.update(
            state=NotificationState.SENDING,
            is_collecting=False,
            next_action_at=now + LEASE,
            # Counted now: the number tells this claim from a later one (`_held`).
            attempts=F("attempts") + 1,
        )
    return list(claimed.select_related("recipient", "plan").order_by("created_at", "id"))


def batch_send(claimed: Sequence[Notification]) -> Counter[str]:
    """Send claimed messages over one connection; returns counts by outcome."""
    until = time.monotonic() + BATCH_SECONDS
    counts: Counter[str] = Counter()
    connection: BaseEmailBackend = get_connection()
    verdicts = verdicts_of(claimed)
    # A server that is away is asked once a batch, not once a message.
    unreachable = ""
    for row in claimed:
        if time.monotonic() > until:
            counts["released"] += release(row)
            continue
        outcome = settle(row, verdicts[row.pk])
        if outcome:
            counts[outcome] += 1
            continue
        error = unreachable
        if not error:
            try:
                connection.open()
            except Exception as problem:  # name, socket, TLS, sign-in: all mean "not now"
                error = unreachable = error_text(problem)
        if not error:
            error = notification_send(row, connection)
        counts["sent" if not error else mark_failed(row, error)] += 1
    hang_up(connection)
    return counts


def settle(row: Notification, verdict: Verdict) -> str:
    """Mark a message that is not sent now; returns its outcome, empty for one that goes out.

    What concerns its reader no more is left out of it for good: the outbox shows what was sent.
    """
    if verdict.withdrawal is not None:
        return mark_withdrawn(row, verdict.withdrawal)
    if verdict.payload is None:
        return mark_failed(row, verdict.error)
    if not row.address:
        return mark_failed(row, NO_ADDRESS, is_final=True)
    payload = verdict.payload.to_json()
    if payload != row.payload:
        row.payload = payload
        _held(row).update(payload=payload)
    return ""


def notification_send(row: Notification, connection: BaseEmailBackend) -> str:
    """Send one message and mark it; returns the error, empty when the server accepted it."""
    try:
        message = email(row)
        message.connection = connection
        if connection.send_messages([message]) != 1:
            return "The mail server did not take the message."
    except Exception as problem:  # words or server: it is written down, and the next one is sent
        hang_up(connection)
        return error_text(problem)
    mark_sent(row, message)
    return ""


def hang_up(connection: BaseEmailBackend) -> None:
    """Close the connection, also one that is broken already."""
    with suppress(smtplib.SMTPException, OSError):
        connection.close()


def mark_sent(row: Notification, message: EmailMultiAlternatives) -> None:
    """The server has it: written down at once, with its answer."""
    _held(row).update(
        state=NotificationState.SENT,
        sent_at=timezone.now(),
        next_action_at=None,
        server_reply=str(getattr(message, "server_reply", ""))[:SHOWN],
        last_error="",
    )


def mark_failed(row: Notification, error: str, *, is_final: bool = False) -> str:
    """Keep the error and wait longer each time; after a day, or when it is final, give up.

    Returns the outcome.
    """
    wait = None if is_final else next_wait(row.attempts)
    moment = None if wait is None else timezone.now() + wait
    state = NotificationState.FAILED if moment is None else NotificationState.PENDING
    _held(row).update(state=state, next_action_at=moment, last_error=error[:SHOWN])
    log.warning("notification not sent", notification=row.pk, error=error, again_at=str(moment))
    return "failed" if moment is None else "retried"


def mark_withdrawn(row: Notification, withdrawal: Withdrawal) -> str:
    """It is not sent, and why; nothing was tried. Returns the outcome."""
    _held(row).update(
        state=NotificationState.WITHDRAWN,
        reason=withdrawal,
        next_action_at=None,
        attempts=F("attempts") - 1,
        last_error="",
    )
    log.info("notification withdrawn", notification=row.pk, reason=withdrawal.value)
    return "withdrawn"


def release(row: Notification) -> int:
    """Give a claim back untried."""
    return _held(row).update(
        state=NotificationState.PENDING,
        next_action_at=timezone.now(),
        attempts=F("attempts") - 1,
    )


def _held(row: Notification) -> NotificationQuerySet:
    """The row while this sender's claim stands; nobody overwrites a later claim."""
    return Notification.objects.filter(
        pk=row.pk, state=NotificationState.SENDING, attempts=row.attempts
    )


def error_text(problem: Exception) -> str:
    """What went wrong, in the server's words where it gave any."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "; ".join(
            f"{address}: {code} {text.decode(errors='replace')}"
            for address, (code, text) in problem.recipients.items()
        )
    if isinstance(problem, smtplib.SMTPResponseException):
        text = problem.smtp_error
        shown = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
        return f"{problem.smtp_code} {shown}"
    return f"{type(problem).__name__}: {problem}"


def notification_resend(*, notification: Notification, by: User) -> bool:
    """Try a message again now, to the person's present address; False when it has gone out.

    Whether it still concerns them is looked at when it is sent, as with any other.
    """
    # One conditional UPDATE: a sender that claims the message first has it.
    waiting = Notification.objects.filter(pk=notification.pk, state__in=RESENDABLE)
    is_queued = bool(
        waiting.update(
            state=NotificationState.PENDING,
            reason="",
            next_action_at=timezone.now(),
            attempts=0,
            address=notification.recipient.email,
        )
    )
    log.info("notification resent", notification=notification.pk, by=by.pk, is_queued=is_queued)
    return is_queued
