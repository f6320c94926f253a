"""Who may still read a message, and what of it still concerns them: asked just before sending."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from apps.outbox.domain.payload import Payload
from apps.outbox.kinds import Kind, Waiting, kind_of
from apps.outbox.models import Notification, Withdrawal
from apps.plans.models import Membership

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message goes out: with this payload, not at all, or not now."""

    payload: Payload | None = None
    withdrawal: Withdrawal | None = None
    error: str = ""


def verdicts_of(rows: Sequence[Notification]) -> dict[int, Verdict]:
    """The verdict on each message of a batch, by its id.

    One query, and those of each kind once; ``recipient`` is read already.
    """
    members = members_among(rows)
    found: dict[int, Verdict] = {}
    waiting: dict[str, list[Waiting[Any]]] = defaultdict(list)
    for row in rows:
        kind = kind_of(row.kind)
        withdrawal = withdrawal_of(row, kind, members)
        if kind is None or withdrawal is not None:
            found[row.pk] = Verdict(withdrawal=withdrawal)
            continue
        try:
            waiting[row.kind].append(Waiting(row, kind.payload.from_json(row.payload)))
        except Exception as problem:  # a payload may be anything; the others still go out
            found[row.pk] = Verdict(error=f"{type(problem).__name__}: {problem}")
    for name, of_kind in waiting.items():
        found |= concerned(kind_of(name), of_kind)
    return found


def members_among(rows: Sequence[Notification]) -> set[tuple[int | None, int]]:
    """(plan, person) of those recipients who belong to the plan of their message."""
    of_plans = Membership.objects.filter(
        plan__in={row.plan_id for row in rows if row.plan_id},
        user__in={row.recipient_id for row in rows},
    )
    return set(of_plans.values_list("plan_id", "user_id"))


def withdrawal_of(
    row: Notification, kind: Kind[Any] | None, members: set[tuple[int | None, int]]
) -> Withdrawal | None:
    """Why this person may not read the message, whatever it says."""
    if kind is None:
        return Withdrawal.UNKNOWN_KIND
    if not row.recipient.is_active:
        return Withdrawal.INACTIVE
    is_member = row.plan_id is None or (row.plan_id, row.recipient_id) in members
    return None if is_member else Withdrawal.NOT_IN_PLAN


def concerned(kind: Kind[Any] | None, waiting: Sequence[Waiting[Any]]) -> dict[int, Verdict]:
    """What the kind itself says. An error holds up the message that makes it, no other one."""
    assert kind is not None  # noqa: S101 - those of unknown kinds are withdrawn already
    try:
        left = kind.concerned(waiting)
    except Exception as problem:  # whatever an app raises
        if len(waiting) > 1:
            alone = (concerned(kind, [one]) for one in waiting)
            return {pk: verdict for found in alone for pk, verdict in found.items()}
        log.exception("kind cannot say whom it concerns", kind=kind.name)
        error = f"{type(problem).__name__}: {problem}"
        return {one.row.pk: Verdict(error=error) for one in waiting}
    gone = Verdict(withdrawal=Withdrawal.NOT_CONCERNED)
    return {
        one.row.pk: Verdict(left[one.row.pk]) if one.row.pk in left else gone for one in waiting
    }
