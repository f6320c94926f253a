"""How allauth behaves here: nobody signs up, and its mails go through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from apps.outbox.services.account import confirmation_write, reset_write
from apps.outbox.services.nudging import nudge_sender
from apps.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators and by the plan file, never by strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Leave the request behind; the key that allauth has made for it is used by nobody."""
        reset_write(user=user, email=email)

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Leave the address to be confirmed behind."""
        confirmation_write(address=emailconfirmation.email_address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent to an address that nobody has. The sender is woken as for any other, so
        that the answer takes as long.
        """
        if template_prefix == "account/email/unknown_account":
            nudge_sender()
        else:
            super().send_mail(template_prefix, email, context)
