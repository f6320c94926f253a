"""Uses a signed link: once, for its one item, in the name of the person it was sent to."""

import datetime as dt

from django.db import transaction

from apps.cadence.models import Duty
from apps.cadence.selectors.links import LinkState, SignedLink, days_of, read_link
from apps.cadence.selectors.tokens import Claim
from apps.cadence.services.entering import Reporter, enter
from apps.cadence.services.reportables import Typed
from apps.plans.models import Plan
from apps.plans.permissions import roles_in

REASON = "Reported by mail link"


def link_use(*, claim: Claim, typed: Typed, now: dt.datetime) -> SignedLink:
    """Enter what was typed for today and mark the link as used, both or neither.

    Raises what ``enter`` does. Returns how the link stood: unless it was ready, nothing was done.
    Two at once: the second waits for the plan's row and then finds the link used.
    """
    with transaction.atomic():
        plans = Plan.objects.select_for_update().filter(duties=claim.duty_id)
        # For its lock alone, before the link is read.
        plans.first()
        link = read_link(claim, now)
        if link.state is LinkState.READY:
            reporter = link_reporter(link, now)
            enter(reporter, link.key, typed, reporter.plan.today(), REASON)
            Duty.objects.filter(pk=claim.duty_id).update(link_used_at=now)
    return link


def link_reporter(link: SignedLink, now: dt.datetime) -> Reporter:
    """The person of the link, in their roles."""
    assert link.duty is not None  # noqa: S101 - a ready link has both
    assert link.recipient is not None  # noqa: S101
    roles = roles_in(link.duty.plan, link.recipient)
    return Reporter(link.duty.plan, link.recipient, roles, days_of(link.duty, now))
