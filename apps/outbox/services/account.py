"""Writes mails about accounts. They belong to no plan, so no page shows them."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from apps.outbox.domain.account import (
    ADDRESS_CONFIRMATION,
    PASSWORD_RESET,
    AddressConfirmation,
    PasswordReset,
)
from apps.outbox.services.nudging import nudge_sender
from apps.outbox.services.writing import Message, messages_write
from apps.people.models import User


def reset_write(*, user: User, email: str) -> None:
    """Somebody asked for a new password by this address of the account."""
    now = timezone.now()
    reset = Message(
        kind=PASSWORD_RESET,
        plan=None,
        step=f"password_reset:{now.isoformat()}",
        to=user,
        payload=PasswordReset(email=email),
        address=email,
    )
    with transaction.atomic():
        messages_write(messages=[reset], now=now)
        nudge_sender()


def confirmation_write(*, address: EmailAddress) -> None:
    """An address of an account waits to be confirmed."""
    now = timezone.now()
    confirmation = Message(
        kind=ADDRESS_CONFIRMATION,
        plan=None,
        step=f"address:{address.pk}:{now.isoformat()}",
        to=address.user,
        payload=AddressConfirmation(address_id=address.pk),
        address=address.email,
    )
    with transaction.atomic():
        messages_write(messages=[confirmation], now=now)
        nudge_sender()
