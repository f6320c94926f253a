"""A message as a mail: its kind's words and template, in the recipient's language and time zone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from apps.outbox.kinds import Kind, Reader, kind_of
from apps.outbox.models import Notification


class UnknownKindError(Exception):
    """Nobody registers this kind of message."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


def letter(notification: Notification, *, is_private: bool = False) -> Letter:
    """The mail of a message. ``is_private``: for the recipient alone, with the links that act in
    their name. Raises UnknownKindError, or what a payload that cannot be read raises.
    """
    kind, user = known_kind(notification), notification.recipient
    with translation.override(user.language), timezone.override(ZoneInfo(user.time_zone)):
        payload = kind.payload.from_json(notification.payload)
        # A header takes no line breaks, and a name may have one.
        subject = " ".join(kind.subject(payload).split())
        context = kind.context(payload, Reader(user, is_private)) | {
            "subject": subject,
            "site": settings.SITE_URL,
            "language": "zh-Hans" if user.language == "zh-hans" else "en",
        }
        html = render_to_string(f"{kind.template}.html", context)
        text = render_to_string(f"{kind.template}.txt", context)
        return Letter(subject=subject, text=text, html=inliner().inline(html))


def subject_of(notification: Notification) -> str:
    """What a message is about, in one line and in the active language; raises as ``letter``."""
    kind = known_kind(notification)
    return kind.subject(kind.payload.from_json(notification.payload))


def known_kind(notification: Notification) -> Kind[Any]:
    """The message's kind; raises UnknownKindError."""
    kind = kind_of(notification.kind)
    if kind is None:
        raise UnknownKindError(notification.kind)
    return kind


def email(notification: Notification) -> EmailMultiAlternatives:
    """The mail as it is handed to the server; the same message always has the same Message-ID."""
    words = letter(notification, is_private=True)
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        to=[notification.address],
        headers=email_headers(notification),
    )
    message.attach_alternative(words.html, "text/html")
    return message


def email_headers(notification: Notification) -> dict[str, str]:
    """What makes a mail recognisable: its own id, its thread, that nobody wrote it by hand."""
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{message_key(notification)}@{domain}>",
        # RFC 3834: notes of absence do not answer such mails
        "Auto-Submitted": "auto-generated",
    }
    if notification.thread:
        # An id of a mail may have no colon (RFC 5322, atext).
        headers["References"] = f"<{notification.thread.replace(':', '-')}@{domain}>"
    return headers


def message_key(notification: Notification) -> str:
    """What the unique key of the message comes to: stable, and no one can guess another's."""
    key = (
        notification.plan_id,
        notification.thread,
        notification.step,
        notification.recipient_id,
        notification.channel,
    )
    return salted_hmac("okrtrack.message-id", repr(key), algorithm="sha256").hexdigest()[:40]


@lru_cache(maxsize=1)
def inliner() -> css_inline.CSSInliner:
    """Mail programs drop <style>: its rules become attributes; media queries stay."""
    return css_inline.CSSInliner(
        keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False
    )
