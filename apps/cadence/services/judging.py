"""Writes down what became of duties."""

import datetime as dt
from collections.abc import Sequence

from apps.cadence.domain.absences import acting_for
from apps.cadence.domain.duties import Verdict, excuse_for, judge
from apps.cadence.models import Duty
from apps.cadence.selectors.facts import ENDED, Facts, duty_key, read_facts
from apps.core.bulk import rows_update

JUDGED = ("state", "fulfilled_at", "delegate_id")


def duties_judge(*, duties: Sequence[Duty], now: dt.datetime) -> int:
    """Judge open duties from the facts and store what changed; returns how many did.

    The caller holds the rows (SELECT … FOR UPDATE). Six reads and one write, however many.
    """
    if not duties:
        return 0
    facts = read_facts(duties)
    used = dict(facts.used_until)
    before = [(duty.state, duty.fulfilled_at, duty.delegate_id) for duty in duties]
    # Oldest first: an entry counts once, for the first duty that it fits.
    for duty in sorted(duties, key=lambda duty: duty.due_on):
        verdict = apply_verdict(duty, facts, used.get(duty_key(duty)), now)
        if verdict.fulfilled_at is not None:
            used[duty_key(duty)] = verdict.fulfilled_at
    changed = [
        duty
        for duty, old in zip(duties, before, strict=True)
        if old != (duty.state, duty.fulfilled_at, duty.delegate_id)
    ]
    duties_store(changed)
    return len(changed)


def apply_verdict(
    duty: Duty, facts: Facts, used_until: dt.datetime | None, now: dt.datetime
) -> Verdict:
    """Put the verdict and who acted into the row (not saved)."""
    key = duty_key(duty)
    life = facts.lives.get(key, ENDED)
    owner = duty.owner_id
    acting = None if owner is None else acting_for(owner, duty.due_on, facts.absences)
    verdict = judge(
        opens_on=duty.opens_on,
        due_at=duty.due_at,
        closes_at=duty.closes_at,
        entries=facts.entries.get(key, ()),
        excuse=excuse_for(
            duty.due_on,
            is_ended=life.is_ended,
            paused_on=life.paused_on,
            resumed_on=life.resumed_on,
            is_somebody_acting=owner is None or acting is not None,
        ),
        now=now,
        used_until=used_until,
    )
    duty.state, duty.fulfilled_at = verdict.state.value, verdict.fulfilled_at
    duty.delegate_id = acting if acting != owner else None
    return verdict


def duties_store(duties: Sequence[Duty]) -> None:
    """Write what was judged, in one statement."""
    rows_update(
        Duty,
        JUDGED,
        [(duty.pk, duty.state, duty.fulfilled_at, duty.delegate_id) for duty in duties],
    )
