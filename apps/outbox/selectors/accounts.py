"""Whom mails about accounts still concern."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from allauth.account.models import EmailAddress

from apps.outbox.domain.account import AddressConfirmation, PasswordReset
from apps.outbox.kinds import Waiting


def resets_concerned(waiting: Sequence[Waiting[PasswordReset]]) -> Mapping[int, PasswordReset]:
    """Those whose address is still one of the account, so that no key goes to an old one."""
    addresses: dict[int, set[str]] = defaultdict(set)
    rows = EmailAddress.objects.filter(user__in=[one.row.recipient_id for one in waiting])
    for user_id, email in rows.values_list("user_id", "email"):
        addresses[user_id].add(email.lower())
    for one in waiting:
        addresses[one.row.recipient_id].add(one.row.recipient.email.lower())
    return {
        one.row.pk: one.payload
        for one in waiting
        if one.payload.email.lower() in addresses[one.row.recipient_id]
    }


def confirmations_concerned(
    waiting: Sequence[Waiting[AddressConfirmation]],
) -> Mapping[int, AddressConfirmation]:
    """Those whose address still stands and is not confirmed."""
    rows = EmailAddress.objects.filter(
        pk__in=[one.payload.address_id for one in waiting], verified=False
    )
    open_ones = set(rows.values_list("pk", "user_id", "email"))
    return {
        one.row.pk: one.payload
        for one in waiting
        if (one.payload.address_id, one.row.recipient_id, one.row.address) in open_ones
    }
