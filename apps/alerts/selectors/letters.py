"""A message of the outbox as a mail: subject, text and HTML in the recipient's language."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from apps.alerts.models import Notification, Topic
from apps.alerts.selectors import wording
from apps.alerts.selectors.mentions import mention_context, mention_subject
from apps.alerts.selectors.reminders import reminder_context, reminder_subject
from apps.alerts.selectors.target_changes import request_context, request_subject
from apps.core.ui.badges import level_word
from apps.core.ui.formats import delay_words, format_date, format_percent
from apps.plans.engine.explanation import Explanation

NAMES_MOST = 3
BAR_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a letter, in words."""

    facts: dict[str, Any]
    explanation: Explanation | None

    @property
    def item(self) -> dict[str, Any]:
        """Id, kind, key, name, level, state, owner, path."""
        return dict(self.facts["item"])

    @property
    def is_recovery(self) -> bool:
        """Whether its alert ended."""
        return bool(self.facts["action"] == "close")

    @property
    def url(self) -> str:
        """The item on the site."""
        return f"{settings.SITE_URL}{self.facts['item']['path']}"

    @property
    def kind(self) -> str:
        """Task, milestone or key-result target."""
        return wording.kind_word(self.facts["item"])

    @property
    def headline(self) -> str:
        """What happened."""
        return wording.headline(self.facts, self.explanation)

    @property
    def level(self) -> str:
        """The level's word."""
        return level_word(self.facts["item"]["level"])

    @property
    def level_sentence(self) -> str:
        """The level, since when, and what it was."""
        return wording.level_sentence(self.facts)

    @property
    def delay(self) -> str:
        """“8 days late”."""
        return delay_words(self.explanation.delay_days) if self.explanation else "–"

    @property
    def percent(self) -> str:
        """Delay by planned duration."""
        return format_percent(self.explanation.delay_percent) if self.explanation else "–"

    @property
    def forecast(self) -> str:
        """Forecast finish."""
        return format_date(self.explanation.forecast) if self.explanation else "–"

    @property
    def planned(self) -> str:
        """Planned finish."""
        return format_date(self.explanation.planned_finish) if self.explanation else "–"

    @property
    def next(self) -> str:
        """What happens if nothing is reported."""
        return wording.next_sentence(self.explanation) if self.explanation else ""

    @property
    def arithmetic(self) -> list[tuple[str, str]]:
        """Terms and values."""
        return wording.arithmetic_rows(self.facts, self.explanation) if self.explanation else []

    @property
    def bar(self) -> tuple[int, int] | None:
        """Widths in percent of planned duration and delay, None when it is not late."""
        x = self.explanation
        if x is None or x.delay_days <= 0:
            return None
        late = min(max(round(100 * x.delay_days / (x.duration_days + x.delay_days)), 1), BAR_WIDEST)
        return 100 - late, late


def lines_of(facts: dict[str, Any]) -> list[Line]:
    """The items of a message, the one it is about first."""
    return [Line(line, wording.explanation_of(line)) for line in facts["lines"]]


def letter(notification: Notification, *, is_private: bool = False) -> Letter:
    """The mail of a message, in its recipient's language.

    ``is_private``: for the recipient alone, with the links that act in their name.
    """
    with translation.override(notification.recipient.language):
        template, context = contents(notification, is_private=is_private)
        html = render_to_string(f"{template}.html", context)
        return Letter(
            subject=" ".join(context["subject"].split()),
            text=render_to_string(f"{template}.txt", context),
            html=inliner().inline(html),
        )


def contents(notification: Notification, *, is_private: bool) -> tuple[str, dict[str, Any]]:
    """The template of the message's topic, and everything that it shows."""
    if notification.topic == Topic.REMINDER:
        return "mail/reminder", reminder_context(notification, with_links=is_private)
    if notification.topic == Topic.MENTION:
        return "mail/mention", mention_context(notification)
    if notification.topic in (Topic.REQUEST, Topic.DECISION):
        return "mail/request", request_context(notification)
    return "mail/level_change", letter_context(notification)


def letter_context(notification: Notification) -> dict[str, Any]:
    """Everything that the templates show, in the active language."""
    facts = notification.facts
    lines = lines_of(facts)
    lead, others = lines[0], lines[1:]
    slipping = [line for line in others if not line.is_recovery]
    names, more = names_moved(facts, slipping)
    is_cause = is_root(facts, lead)
    cause = (
        None if is_cause else Line({"item": facts["root"]}, wording.explanation_of(facts["root"]))
    )
    return {
        "subject": change_subject(facts),
        "plan": facts["plan"],
        "as_of": format_date(dt.date.fromisoformat(facts["as_of"]), "full"),
        "lead": lead,
        "cause": cause,
        "moves": wording.names_sentence(names, more) if is_cause and not lead.is_recovery else "",
        "slipping": slipping,
        "recovered": [line for line in others if line.is_recovery],
        "more": facts["more"],
        "also": [(item, level_word(item["level"])) for item in facts["also"]],
        "also_more": facts["also_more"],
        "site": settings.SITE_URL,
        "language": "zh-Hans" if notification.recipient.language == "zh-hans" else "en",
    }


def is_root(facts: dict[str, Any], line: Line) -> bool:
    """Whether the line is about the root cause itself."""
    return bool(facts["root"]["id"] == line.item["id"])


def names_moved(facts: dict[str, Any], slipping: list[Line]) -> tuple[list[str], int]:
    """The first names of what moves with the root, and how many more there are."""
    names = [line.item["name"] for line in slipping] + [item["name"] for item in facts["also"]]
    count = len(names) + facts["more"] + facts["also_more"]
    return names[:NAMES_MOST], max(count - NAMES_MOST, 0)


def subject_of(notification: Notification) -> str:
    """What a message is about, in one line and in the active language."""
    if notification.topic == Topic.REMINDER:
        return reminder_subject(notification)
    if notification.topic == Topic.MENTION:
        return mention_subject(notification)
    if notification.topic in (Topic.REQUEST, Topic.DECISION):
        return request_subject(notification)
    return change_subject(notification.facts)


def change_subject(facts: dict[str, Any]) -> str:
    """What changed, in one line."""
    lines = lines_of(facts)
    lead, others = lines[0], lines[1:]
    with_it = len(others) + facts["more"]
    if not lead.is_recovery:
        names, more = names_moved(facts, [line for line in others if not line.is_recovery])
        with_it = len(names) + more if is_root(facts, lead) else 0
    return wording.subject(lead.facts, lead.explanation, with_it)


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
    """What makes a mail recognisable: its own id, the alert it belongs to, that nobody wrote it."""
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{message_key(notification)}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    if notification.alert_id is not None:
        headers["References"] = f"<alert-{notification.alert_id}@{domain}>"
    return headers


def message_key(notification: Notification) -> str:
    """What the unique key of the message comes to: stable, and no one can guess another's."""
    key = (
        notification.alert_id or f"plan {notification.plan_id}",
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
