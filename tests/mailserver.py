"""A real SMTP server in a thread, which keeps what it accepts and can refuse."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class MailBox:
    """What arrived. ``answer`` replaces the server's yes; ``is_hanging``: it never comes."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 2.0.0 accepted as number 1"
        self.port = 0
        self.is_hanging = False
        self.hung = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the message unless it is refused."""
        if self.is_hanging:
            self.hung += 1
            await asyncio.sleep(3600)
        if self.answer.startswith("2"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.messages.append(message)  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        return self.answer

    def subjects(self) -> list[str]:
        """Subjects in the order they arrived."""
        return [str(message["Subject"]) for message in self.messages]


class FreePort(Controller):
    """A controller on a port that the machine chose."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[MailBox]:
    """An SMTP server on a free port of this machine."""
    box = MailBox()
    controller = FreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop(no_assert=True)
