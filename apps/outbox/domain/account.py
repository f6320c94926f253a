"""What mails about an account keep: no key and no link, those are made when the mail is sent."""

from dataclasses import dataclass

from apps.outbox.domain.payload import Payload

PASSWORD_RESET, ADDRESS_CONFIRMATION = "password_reset", "address_confirmation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Payload):
    """Somebody asked for a new password by this address."""

    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressConfirmation(Payload):
    """An address was added to an account (id of allauth's ``EmailAddress``)."""

    address_id: int
