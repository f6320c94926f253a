"""Writes messages, in the transaction of what causes them.

A message without an address is written as well: the sender fails it, where everybody sees it.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from apps.core.bulk import rows_copy
from apps.outbox.domain.payload import ENTRIES_MOST, Digest, Payload
from apps.outbox.models import Channel, Notification, NotificationState
from apps.people.models import User
from apps.plans.models import Plan

# What happens within this time of the first entry goes out together.
BATCH = dt.timedelta(minutes=5)
COLUMNS = (
    "plan_id",
    "kind",
    "thread",
    "step",
    "recipient_id",
    "channel",
    "address",
    "payload",
    "state",
    "reason",
    "is_collecting",
    "created_at",
    "next_action_at",
    "attempts",
    "server_reply",
    "last_error",
)
# Rows are locked in the order of the people, so that two transactions at once never deadlock.
COLLECT = """
INSERT INTO outbox_notification AS n (plan_id, kind, thread, step, recipient_id, channel, address,
    payload, state, reason, is_collecting, created_at, next_action_at, attempts, server_reply,
    last_error)
SELECT %(plan)s, %(kind)s, '', %(step)s, person.id, %(channel)s, person.address,
    %(payload)s::jsonb, %(state)s, '', true, %(now)s, %(not_before)s, 0, '', ''
FROM unnest(%(ids)s::bigint[], %(addresses)s::text[]) AS person (id, address) ORDER BY person.id
ON CONFLICT (plan_id, kind, recipient_id, channel) WHERE is_collecting DO UPDATE SET payload = CASE
    WHEN jsonb_array_length(n.payload -> 'entries') < %(most)s THEN jsonb_set(
        n.payload, '{entries}', (n.payload -> 'entries') || (excluded.payload -> 'entries'))
    ELSE jsonb_set(
        n.payload, '{more}', (n.payload -> 'more') || (excluded.payload #> '{entries,0,id}'))
END
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person that goes out at once."""

    kind: str
    plan: Plan | None
    step: str
    to: User
    payload: Payload
    thread: str = ""
    address: str | None = None  # another than the person's own


def messages_write(*, messages: Iterable[Message], now: dt.datetime) -> int:
    """Write messages with COPY, those with the same payload in a row; returns how many."""
    rows: list[tuple[object, ...]] = []
    last: Payload | None = None
    text = ""
    for one in messages:
        if one.payload is not last:
            last, text = one.payload, json.dumps(one.payload.to_json(), ensure_ascii=False)
        address = one.to.email if one.address is None else one.address
        plan_id = None if one.plan is None else one.plan.pk
        rows.append(
            (
                *(plan_id, one.kind, one.thread, one.step, one.to.pk, Channel.EMAIL.value, address),
                *(text, NotificationState.PENDING.value, "", False, now, now, 0, "", ""),
            )
        )
    rows_copy(Notification, COLUMNS, rows)
    return len(rows)


def entry_collect(
    *, kind: str, plan: Plan, step: str, people: Iterable[User], payload: Digest, now: dt.datetime
) -> None:
    """Tell these people of the payload's one entry, five minutes after the first that they have
    not been told of: one statement, which adds to the message that still collects or begins one.
    """
    told = {user.pk: user.email for user in people}
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            COLLECT,
            {
                "plan": plan.pk,
                "kind": kind,
                "step": step,
                "channel": Channel.EMAIL.value,
                "payload": json.dumps(payload.to_json(), ensure_ascii=False),
                "state": NotificationState.PENDING.value,
                "now": now,
                "not_before": now + BATCH,
                "ids": list(told),
                "addresses": list(told.values()),
                "most": ENTRIES_MOST,
            },
        )
