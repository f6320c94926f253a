"""Uses a signed link: once, for its one item, in the name of the person it was sent to."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from apps.cadence.models import Duty
from apps.cadence.selectors.links import LinkState, SignedLink, read_link
from apps.cadence.selectors.tokens import Claim
from apps.plans.models import Plan


def link_use(*, claim: Claim, now: dt.datetime, save: Callable[[SignedLink], None]) -> SignedLink:
    """Let ``save`` enter the update and mark the link as used, both or neither.

    Returns how the link stood: unless it was ready, nothing was done. Two at once: the second
    waits for the plan's row and then finds the link used.
    """
    with transaction.atomic():
        plans = Plan.objects.select_for_update().filter(duties=claim.duty_id)
        # For its lock alone, before the link is read.
        plans.first()
        link = read_link(claim, now)
        if link.state is LinkState.READY:
            save(link)
            Duty.objects.filter(pk=claim.duty_id).update(link_used_at=now)
    return link
