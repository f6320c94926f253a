"""Signed links to the form of one duty: who it is for, until when, and for nothing else."""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from apps.cadence.models import Duty
from apps.people.models import User

PURPOSE = "okrtrack.cadence.link"
# after the closing the value is still welcome for a while
VALID_AFTER_CLOSING = dt.timedelta(days=7)


class LinkRefusedError(Exception):
    """A link that was not made here (``forged``), or whose time is over (``expired``)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine link says."""

    duty_id: int
    recipient_id: int


def duty_token(duty: Duty, recipient: User) -> str:
    """The text of the link; the same for the same duty and person."""
    return make_token(duty.pk, recipient.pk, duty.closes_at)


def make_token(duty_id: int, recipient_id: int, closes_at: dt.datetime) -> str:
    """Like ``duty_token``, from what a message has kept of the duty."""
    expires_at = int((closes_at + VALID_AFTER_CLOSING).timestamp())
    return _signer().sign_object([duty_id, recipient_id, expires_at])


def read_token(token: str, now: dt.datetime) -> Claim:
    """What the link says. Raises LinkRefusedError."""
    try:
        duty_id, recipient_id, expires_at = _signer().unsign_object(token)
    except (BadSignature, ValueError):
        raise LinkRefusedError("forged") from None
    if now.timestamp() >= expires_at:
        raise LinkRefusedError("expired")
    return Claim(duty_id, recipient_id)


def _signer() -> Signer:
    return Signer(sep=".", salt=PURPOSE)
