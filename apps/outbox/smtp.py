"""Django's SMTP backend that keeps what the server answered when it took a message."""

import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp


class ReplyMixin:
    """Remembers the server's answer to the message itself, which smtplib throws away."""

    reply = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the message; the answer stays in ``reply``."""
        code, text = super().data(msg)  # type: ignore[misc]
        self.reply = f"{code} {text.decode(errors='replace')}"
        return code, text


class ReplySMTP(ReplyMixin, smtplib.SMTP):
    """A connection in the clear, or with STARTTLS."""


class ReplySMTPS(ReplyMixin, smtplib.SMTP_SSL):
    """A connection with TLS from the start."""


class EmailBackend(smtp.EmailBackend):
    """Sets ``server_reply`` on each message that the server accepted."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The connection that remembers."""
        return ReplySMTPS if self.use_ssl else ReplySMTP

    def _send(self, email_message: EmailMessage) -> bool:
        is_sent = bool(super()._send(email_message))  # type: ignore[misc]
        if is_sent:
            email_message.server_reply = getattr(self.connection, "reply", "")  # type: ignore[attr-defined]
        return is_sent
