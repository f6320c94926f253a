"""Mails about an account in words. Keys are made here, when it is sent, and stored nowhere."""

from typing import Any
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.outbox.domain.account import (
    ADDRESS_CONFIRMATION,
    PASSWORD_RESET,
    AddressConfirmation,
    PasswordReset,
)
from apps.outbox.kinds import Kind, Reader, register_kind
from apps.outbox.selectors.accounts import confirmations_concerned, resets_concerned
from apps.people.models import User


def reset_subject(_payload: PasswordReset) -> str:
    """That a new password was asked for."""
    return _("Set a new password")


def reset_context(_payload: PasswordReset, reader: Reader) -> dict[str, Any]:
    """Who asked, and the link that sets a new password; without it for other eyes."""
    return {
        "lead": _("Somebody, probably you, asked for a new password for your account."),
        "details": [(_("User name"), reader.user.get_username())],
        "action": _("Set a new password"),
        "url": f"{settings.SITE_URL}{reset_path(reader.user) if reader.is_private else '/'}",
        "foot": _("If it was not you, do nothing: your password stays as it is."),
    }


def reset_path(user: User) -> str:
    """The page that sets a new password, with a fresh key of allauth's own generator."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    names = {"uidb36": "UID", "key": "KEY"}
    path = reverse("account_reset_password_from_key", kwargs=names)
    return path.replace("UID-KEY", quote(f"{user_pk_to_url_str(user)}-{key}"))


def confirmation_subject(_payload: AddressConfirmation) -> str:
    """That an address waits to be confirmed."""
    return _("Confirm your e-mail address")


def confirmation_context(payload: AddressConfirmation, reader: Reader) -> dict[str, Any]:
    """Which account, and the link that confirms; without it for other eyes."""
    path = confirmation_path(payload.address_id) if reader.is_private else "/"
    return {
        "lead": _("This address was added to your account. Please confirm that it is yours."),
        "details": [(_("User name"), reader.user.get_username())],
        "action": _("Confirm the address"),
        "url": f"{settings.SITE_URL}{path}",
        "foot": _("If it was not you, do nothing: the address stays unconfirmed."),
    }


def confirmation_path(address_id: int) -> str:
    """The page that confirms an address, with a fresh key of allauth's own."""
    key = EmailConfirmationHMAC(EmailAddress(pk=address_id)).key
    return reverse("account_confirm_email", args=[key])


def register_kinds() -> None:
    """Make the kinds known."""
    register_kind(
        Kind(
            name=PASSWORD_RESET,
            label=gettext_lazy("New password"),
            template="mail/account",
            payload=PasswordReset,
            subject=reset_subject,
            context=reset_context,
            concerned=resets_concerned,
        )
    )
    register_kind(
        Kind(
            name=ADDRESS_CONFIRMATION,
            label=gettext_lazy("Confirmation of an address"),
            template="mail/account",
            payload=AddressConfirmation,
            subject=confirmation_subject,
            context=confirmation_context,
            concerned=confirmations_concerned,
        )
    )
