"""Rows of the outbox, each in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.outbox.models import RESENDABLE, Notification
from apps.outbox.services.letters import Letter, UnknownKindError, letter, subject_of


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message and what it is about."""

    notification: Notification
    subject: str
    href: str

    @property
    def can_wait(self) -> bool:
        """Whether it has not gone out, so that sending again makes sense."""
        return self.notification.state in RESENDABLE

    @property
    def explanation(self) -> str:
        """Why it was not sent, or what the server said."""
        one = self.notification
        return one.get_reason_display() or one.last_error or one.server_reply


def outbox_rows(notifications: Iterable[Notification], prefix: str) -> list[OutboxRow]:
    """Rows of a page; no queries. ``prefix`` is the address of the outbox."""
    return [OutboxRow(row, shown_subject(row), f"{prefix}{row.pk}/") for row in notifications]


def shown_subject(notification: Notification) -> str:
    """What it is about; said in general where nobody can put it into words any more."""
    try:
        return subject_of(notification)
    except UnknownKindError:
        return _("A message of an unknown kind (%(kind)s)") % {"kind": notification.kind}
    except (KeyError, TypeError, ValueError):
        return _("A message that cannot be read (%(kind)s)") % {"kind": notification.kind}


def shown_letter(notification: Notification) -> Letter | None:
    """The mail without the links that act in the recipient's name; None when it has no words."""
    try:
        return letter(notification)
    except (UnknownKindError, KeyError, TypeError, ValueError):
        return None
