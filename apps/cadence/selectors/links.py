"""What the holder of a signed link may do now."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from apps.cadence.domain.duties import DutyState, judge
from apps.cadence.models import Duty
from apps.cadence.selectors.facts import Facts, duty_key, read_acting, read_facts
from apps.cadence.selectors.owed import Key
from apps.cadence.selectors.tokens import Claim
from apps.people.models import User
from apps.plans.permissions import roles_in


class LinkState(StrEnum):
    """Why the form is shown, or is not."""

    READY = "ready"
    FORGED = "forged"
    EXPIRED = "expired"
    GONE = "gone"
    USED = "used"
    DONE = "done"
    ENDED = "ended"
    PAUSED = "paused"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class SignedLink:
    """A genuine link: its duty and person, and how things stand."""

    state: LinkState
    duty: Duty | None = None
    recipient: User | None = None

    @property
    def key(self) -> Key:
        """The item that it is about."""
        assert self.duty is not None  # noqa: S101 - only asked where there is one
        return duty_key(self.duty)


def read_link(claim: Claim, now: dt.datetime) -> SignedLink:
    """How things stand with a link whose signature is right."""
    recipient = User.objects.filter(pk=claim.recipient_id).first()
    duties = Duty.objects.select_related("plan", "owner", "key_result", "task__item")
    duty = duties.filter(pk=claim.duty_id, plan__archived_at=None).first()
    if duty is None or recipient is None:
        return SignedLink(LinkState.GONE, None, recipient)
    return SignedLink(_state(duty, recipient, now), duty, recipient)


def _state(duty: Duty, recipient: User, now: dt.datetime) -> LinkState:
    if not recipient.is_active or not roles_in(duty.plan, recipient):
        return LinkState.NOT_YOURS  # also of a used link, which shows how the item stands
    if duty.link_used_at is not None:
        return LinkState.USED
    if not _is_asked(duty, recipient, now):
        return LinkState.NOT_YOURS
    facts = read_facts([duty])
    key = duty_key(duty)
    if duty.fulfilled_at is not None or _is_entered(duty, facts, now):
        return LinkState.DONE
    life = facts.lives.get(key)
    if life is None:
        return LinkState.ENDED
    return LinkState.READY if life.paused_on is None else LinkState.PAUSED


def _is_entered(duty: Duty, facts: Facts, now: dt.datetime) -> bool:
    """Whether an entry fulfils the open duty that nobody has judged yet."""
    if duty.state != DutyState.OPEN:
        return False
    key = duty_key(duty)
    verdict = judge(
        opens_on=duty.opens_on,
        due_at=duty.due_at,
        closes_at=duty.closes_at,
        entries=facts.entries.get(key, ()),
        excuse=None,
        now=now,
        used_until=facts.used_until.get(key),
    )
    return verdict.state in {DutyState.ON_TIME, DutyState.LATE}


def _is_asked(duty: Duty, recipient: User, now: dt.datetime) -> bool:
    """Whether the item is still this person's, or that of somebody they act for."""
    owner = owner_id_of(duty)
    return recipient.pk == owner or recipient.pk in read_acting(owner, days_of(duty, now))


def days_of(duty: Duty, now: dt.datetime) -> list[dt.date]:
    """Whoever acts on the due day is mailed before it, and may report as soon as that."""
    today = duty.plan.today(now)
    return [today, max(duty.due_on, today)]


def owner_id_of(duty: Duty) -> int | None:
    """Who owns the item now."""
    if duty.key_result is not None:
        return duty.key_result.owner_id
    return None if duty.task is None else duty.task.item.owner_id
